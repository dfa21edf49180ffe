// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/dialogs/recovery_dialog.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "app/studio/widgets/text.h"
#include "app/workspace/words.h"
#include "core/support/digits.h"
#include "core/support/error.h"

namespace dnm {

namespace {

constexpr int most_rows = 6;  // without a scroll bar

QString words_of(const UnsavedWork& work) {
  const WorkspaceState& state = work.session.state;
  QString words = (work.file.empty() ? Words::tr("Untitled") : QFileInfo(to_qt(work.file)).fileName()) + ", " +
                  to_qt(moment_text(work.seconds)) + ": ";
  const std::string& file = network_file(state);
  words += file.empty() ? to_qt(layers_text(state.parameters.layer_sizes)) : QFileInfo(to_qt(file)).fileName();
  if (const std::size_t groups = work.session.runs.size(); groups > 0)
    words += ", " + (groups == 1 ? Words::tr("1 group of runs") : Words::tr("%1 groups of runs").arg(groups));
  if (work.stamp && !work.file.empty()) {
    const auto now = stamp_of_file(work.file);
    if (now && !same_content(*now, *work.stamp)) words += ". " + Words::tr("The file was changed since");
  }
  return words;
}

}  // namespace

std::vector<OfferedWork> find_offered_work(const std::filesystem::path& recovery) {
  std::vector<OfferedWork> offered;
  for (KeptWork& kept : KeptWork::find(recovery)) {
    OfferedWork& one = offered.emplace_back();
    one.kept = std::make_shared<KeptWork>(std::move(kept));
    try {
      one.work = one.kept->read();
      one.words = words_of(*one.work);
    } catch (const Error& error) {
      one.words = to_qt(moment_text(one.kept->seconds())) + ": " + QString::fromUtf8(error.what());
    }
  }
  return offered;
}

RecoveryDialog::RecoveryDialog(std::vector<OfferedWork> offered, QWidget* parent)
    : QDialog(parent), offered_(std::move(offered)) {
  setObjectName("recovery-dialog");
  setWindowTitle(tr("Unsaved Work"));
  setAccessibleName(tr("Unsaved work"));
  setAttribute(Qt::WA_DeleteOnClose);
  auto* column = new QVBoxLayout(this);
  auto* text = new QLabel(tr("DNM Studio ended before this work was saved:"), this);
  text->setWordWrap(true);
  column->addWidget(text);
  list_ = new QListWidget(this);
  list_->setObjectName("recovery-list");
  list_->setAccessibleName(tr("Unsaved work"));
  list_->setMinimumWidth(460);
  list_->setWordWrap(true);
  for (const OfferedWork& one : offered_) list_->addItem(one.words);
  list_->setFixedHeight(std::clamp(list_->count(), 2, most_rows) * 2 * list_->fontMetrics().height());
  column->addWidget(list_);
  auto* buttons = new QDialogButtonBox(this);
  open_ = buttons->addButton(tr("Open"), QDialogButtonBox::AcceptRole);
  open_->setObjectName("recovery-open");
  open_->setDefault(true);
  discard_ = buttons->addButton(tr("Discard"), QDialogButtonBox::DestructiveRole);
  discard_->setObjectName("recovery-discard");
  discard_->setToolTip(tr("Delete the chosen work; it cannot be opened again"));
  auto* later = buttons->addButton(tr("Later"), QDialogButtonBox::RejectRole);
  later->setObjectName("recovery-later");
  later->setToolTip(tr("Offer it again at the next start, and by File > Unsaved Work"));
  column->addWidget(buttons);
  connect(open_, &QPushButton::clicked, this, &RecoveryDialog::open_chosen);
  connect(discard_, &QPushButton::clicked, this, &RecoveryDialog::discard_chosen);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(list_, &QListWidget::itemDoubleClicked, this, &RecoveryDialog::open_chosen);
  connect(list_, &QListWidget::currentRowChanged, this, &RecoveryDialog::show_choice);
  list_->setCurrentRow(list_->count() - 1);  // the newest
  show_choice();
}

std::size_t RecoveryDialog::chosen() const {
  return list_->currentRow() < 0 ? offered_.size() : static_cast<std::size_t>(list_->currentRow());
}

void RecoveryDialog::show_choice() {
  const std::size_t place = chosen();
  open_->setEnabled(place < offered_.size() && offered_[place].work);
  discard_->setEnabled(place < offered_.size());
}

void RecoveryDialog::open_chosen() {
  const std::size_t place = chosen();
  if (place >= offered_.size() || !offered_[place].work) return;
  Q_EMIT open_requested(offered_[place]);
  accept();
}

void RecoveryDialog::discard_chosen() {
  const std::size_t place = chosen();
  if (place >= offered_.size()) return;
  offered_[place].kept->remove();
  offered_.erase(offered_.begin() + static_cast<std::ptrdiff_t>(place));
  delete list_->takeItem(static_cast<int>(place));
  show_choice();
  if (offered_.empty()) reject();
}

}  // namespace dnm
