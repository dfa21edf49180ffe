// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/status_line.h"

#include <utility>

#include "app/studio/widgets/text.h"
#include "app/workspace/live_words.h"
#include "app/workspace/words.h"
#include "core/support/digits.h"

namespace dnm {

namespace {
constexpr int clock_milliseconds = 200;
constexpr qint64 quiet_milliseconds = 300;  // a bar for shorter work would only flicker
}  // namespace

StatusLine::StatusLine(Document& document, LiveBridge& live, FileActions& files,
                       std::function<bool()> pictures_are_current, QWidget* parent)
    : QStatusBar(parent),
      document_(document),
      live_(live),
      files_(files),
      pictures_are_current_(std::move(pictures_are_current)) {
  setAccessibleName(tr("Status"));
  const auto make_label = [this](const char* name, const QString& accessible) {
    auto* label = new QLabel(this);
    label->setObjectName(name);
    label->setAccessibleName(accessible);
    return label;
  };
  verb_ = make_label("status-verb", tr("What is under way"));
  verb_->setContentsMargins(8, 0, 0, 0);
  keep_width(*verb_, {translated(QStringLiteral("Characteristic path length")), tr("Drawing the network"),
                      tr("Waiting for fresh values"), tr("Stopped (F5 goes on)")});
  bar_ = new ProgressBar("status-progress", tr("Progress"), 10, this);
  bar_->setFixedWidth(140);
  elapsed_ = make_label("status-elapsed", tr("Time taken so far"));
  keep_width(*elapsed_, {"00.00 s", "00 min 00 s", "000 h 00 min"});
  cancel_ = new QToolButton(this);
  cancel_->setObjectName("status-cancel");
  cancel_->setText(tr("Cancel"));
  cancel_->setAccessibleName(tr("Cancel what is under way"));
  cancel_->setToolTip(tr("Stop computing; what is there stays, the rest is marked as cancelled (F5 computes it)"));
  hover_ = new ElidedLabel(this);
  hover_->setObjectName("status-hover");
  hover_->setAccessibleName(tr("Under the pointer"));
  network_ = make_label("status-network", tr("Seed and links"));
  network_->setContentsMargins(0, 0, 8, 0);
  for (QWidget* widget :
       {static_cast<QWidget*>(bar_), static_cast<QWidget*>(elapsed_), static_cast<QWidget*>(cancel_)}) {
    QSizePolicy keep = widget->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    widget->setSizePolicy(keep);
  }
  addWidget(verb_);
  addWidget(bar_);
  addWidget(elapsed_);
  addWidget(cancel_);
  addWidget(hover_, 1);
  selection_ = make_label("status-selection", tr("Selected neurons"));
  selection_->setContentsMargins(0, 0, 16, 0);
  selection_->hide();
  addPermanentWidget(selection_);
  addPermanentWidget(network_);
  connect(cancel_, &QToolButton::clicked, this, &StatusLine::cancel);
  connect(&files_, &FileActions::changed, this, &StatusLine::refresh);
  connect(&live_, &LiveBridge::updated, this, &StatusLine::refresh);
  connect(&document_, &Document::changed, this, &StatusLine::refresh);
  clock_.setInterval(clock_milliseconds);
  connect(&clock_, &QTimer::timeout, this, &StatusLine::refresh);
  refresh();
}

void StatusLine::show_hover(const QString& text) { hover_->show_text(text); }

void StatusLine::show_selection(const QString& text) {
  selection_->setText(text);
  selection_->setVisible(!text.isEmpty());
}

void StatusLine::cancel() { files_.background().can_cancel() ? files_.background().cancel() : live_.cancel(); }

QString StatusLine::rest_verb(bool computing) const {
  const LiveSnapshot& snapshot = live_.snapshot();
  if (computing || !live_.is_newest()) return tr("Computing");
  if (snapshot.cancelled) return tr("Stopped (F5 goes on)");
  if (has_no_network(snapshot)) return tr("No network");
  if (!snapshot.all_fresh()) return tr("Queued");
  if (!pictures_are_current_()) return tr("Drawing pictures");
  return live_.is_draft() ? tr("Draft") : tr("Ready");
}

void StatusLine::refresh() {
  const LiveSnapshot& snapshot = live_.snapshot();
  QString verb;
  double progress = 0.0;
  const auto look_at = [&](Freshness freshness, double fraction, const QString& what) {
    if (freshness != Freshness::computing || !verb.isEmpty()) return;
    verb = what;
    progress = fraction;
  };
  look_at(snapshot.network.freshness, snapshot.network.progress, tr("Drawing the network"));
  look_at(snapshot.embedding.freshness, snapshot.embedding.progress, tr("Embedding"));
  for (std::size_t i = 0; i < snapshot.measures.size(); ++i)
    look_at(snapshot.measures[i].freshness, snapshot.measures[i].progress, translated(measure_table()[i].label));
  if (live_.wants_chance())
    for (std::size_t i = 0; i < snapshot.chance.size(); ++i)
      look_at(snapshot.chance[i].freshness, snapshot.chance[i].progress,
              tr("%1 against chance").arg(translated(measure_table()[i].label)));

  const Background& background = files_.background();
  const QString task = background.is_busy() ? background.verb() : files_.waits_for();
  if (task_ != task) since_task_.start();
  task_ = task;
  const bool computing = !verb.isEmpty();
  qint64 elapsed = live_.elapsed();
  bool shown = computing && elapsed > quiet_milliseconds;
  if (!task_.isEmpty()) {
    verb = task_;
    elapsed = since_task_.elapsed();
    progress = background.progress();
    shown = true;
  }
  if (!shown) verb = rest_verb(computing);
  verb_->setText(verb);
  bar_->setVisible(shown);
  bar_->set_fraction(progress);
  elapsed_->setVisible(shown);
  elapsed_->setText(to_qt(duration_text(static_cast<double>(elapsed) / 1000.0)));
  cancel_->setVisible(shown && (!background.is_busy() || background.can_cancel()));
  const bool ticking = computing || !task_.isEmpty();
  if (ticking != clock_.isActive()) ticking ? clock_.start() : clock_.stop();

  const WorkspaceState& state = document_.state();
  const QString text =
      !network_file(state).empty() ? QString() : tr("seed %1").arg(state.parameters.seed) + QStringLiteral(" · ");
  const NetworkPointer network = live_.current_network();
  if (network) {
    network_->setText(text + translated(counted(network->link_count(), "link")));
  } else if (live_.is_newest() && has_no_network(snapshot)) {
    network_->setText(text + tr("no network"));
  }
  network_->setEnabled(network != nullptr);
}

}  // namespace dnm
