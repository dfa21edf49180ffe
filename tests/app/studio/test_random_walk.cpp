// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDesktopServices>
#include <QDialog>
#include <QDir>
#include <QDoubleSpinBox>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <QUrl>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <random>
#include <utility>

#include "app/studio/dialogs/manual_window.h"
#include "app/workspace/session/session.h"
#include "driver.h"
#include "rest_check.h"
#include "runs_window.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

namespace {

constexpr int patience = 300000;       // milliseconds, on a busy machine and with sanitizers
constexpr int long_computing = 20000;  // the same
constexpr int time_to_dim = 450;       // a little more than it takes

int number_of(const char* variable, int usual) {
  bool given = false;
  const int number = qEnvironmentVariableIntValue(variable, &given);
  return given ? number : usual;
}

/// All that the program logs as a warning or worse while this lives.
class LogWatch {
 public:
  LogWatch() {
    problems_.clear();
    before_ = qInstallMessageHandler([](QtMsgType type, const QMessageLogContext& context, const QString& text) {
      if (type != QtDebugMsg && type != QtInfoMsg) problems_ += text;
      before_(type, context, text);
    });
  }
  ~LogWatch() { qInstallMessageHandler(before_); }
  LogWatch(const LogWatch&) = delete;
  LogWatch& operator=(const LogWatch&) = delete;
  [[nodiscard]] static const QStringList& problems() { return problems_; }

 private:
  static inline QStringList problems_;
  static inline QtMessageHandler before_ = nullptr;
};

/// Somebody who tries everything: draws one action after the other on the real widgets. The same seed tries the same as
/// long as the same widgets are there.
class Visitor {
 public:
  Visitor(Window& window, QString folder, std::uint64_t seed)
      : window_(window), folder_(std::move(folder)), random_(seed) {
    // Dialogs that a test cannot see through, such as those for files, would wait for ever.
    QObject::connect(&closer_, &QTimer::timeout, &closer_, [] {
      for (QWidget* top : QApplication::topLevelWidgets())
        if (auto* dialog = qobject_cast<QFileDialog*>(top); dialog && dialog->isVisible()) dialog->reject();
    });
    closer_.start(50);
  }

  /// What was done, last at the end.
  [[nodiscard]] QString story() const {
    return "\n  " + done_.mid(std::max<qsizetype>(0, done_.size() - 25)).join("\n  ");
  }

  void act() {
    using Act = bool (Visitor::*)();
    static constexpr std::pair<Act, int> kinds[] = {
        {&Visitor::turn_a_number, 14}, {&Visitor::drag_a_slider, 10},  {&Visitor::choose_an_entry, 12},
        {&Visitor::fill_in_a_text, 8}, {&Visitor::press_a_button, 12}, {&Visitor::use_a_menu, 10},
        {&Visitor::press_a_key, 8},    {&Visitor::turn_the_wheel, 6},  {&Visitor::undo_or_redo, 12},
        {&Visitor::use_a_file, 4},     {&Visitor::resize, 2},          {&Visitor::wait, 6}};
    int all = 0;
    for (const auto& [kind, weight] : kinds) all += weight;
    for (bool acted = false; !acted;) {
      int place = below(all);
      for (const auto& [kind, weight] : kinds)
        if (place -= weight; place < 0) {
          acted = (this->*kind)();
          break;
        }
    }
    answer_what_is_asked();
    QCoreApplication::processEvents();
  }

 private:
  int below(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
  double fraction() { return static_cast<double>(random_() >> 11) * 0x1p-53; }
  template <class List>
  auto one_of(const List& list) {
    return list[static_cast<decltype(list.size())>(below(static_cast<int>(list.size())))];
  }
  bool note(const QString& what) {
    done_ += what;
    if (qEnvironmentVariableIsSet("DNM_WALK_TOLD")) std::fprintf(stderr, "%s\n", qPrintable(what));
    return true;
  }

  /// One of the widgets of this kind that a person could use now; null if there is none.
  template <class Kind>
  Kind* any(const std::function<bool(const Kind&)>& fits = {}) {
    QList<Kind*> usable;
    for (Kind* widget : window_.findChildren<Kind*>())
      if (widget->isVisible() && widget->isEnabled() && (!fits || fits(*widget))) usable += widget;
    return usable.isEmpty() ? nullptr : one_of(usable);
  }

  bool turn_a_number() {
    auto* box = any<QDoubleSpinBox>();
    if (!box) return false;
    const double low = box->minimum(), high = std::min(box->maximum(), 2000.0);
    const double value = below(2) ? low + fraction() * (high - low)
                                  : std::max(low, 1e-6) * std::pow(high / std::max(low, 1e-6), fraction());
    QString typed = QString::number(value, 'f', box->decimals() == 0 ? 0 : below(5));
    if (below(4) == 0) typed.replace('.', ',');
    if (below(5) == 0) typed = one_of(QStringList{"", "hello", "-1", "1e9", "0", "90%", "1,5", "1.2.3", "nan"});
    note("type \"" + typed + "\" into " + box->objectName());
    box->setFocus();
    QTest::keyClick(box, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(box, Qt::Key_Delete);
    QTest::keyClicks(box, typed);
    QTest::keyClick(box, one_of(QList{Qt::Key_Return, Qt::Key_Tab, Qt::Key_Up, Qt::Key_Down}));
    return true;
  }

  bool drag_a_slider() {
    auto* slider = any<QSlider>();
    if (!slider) return false;
    const double where = fraction();
    note(QString("drag %1 to %2").arg(slider->objectName()).arg(where));
    if (below(3) == 0) {
      slider->setFocus();
      QTest::keyClick(slider,
                      one_of(QList{Qt::Key_Left, Qt::Key_Right, Qt::Key_PageUp, Qt::Key_PageDown, Qt::Key_Home}));
    } else {
      drag_slider(*slider, where, 1 + below(6));
    }
    return true;
  }

  bool choose_an_entry() {
    auto* combo = any<QComboBox>();
    if (!combo || combo->count() == 0) return false;
    const QString entry = combo->itemText(below(combo->count()));
    note("choose \"" + entry + "\" in " + combo->objectName());
    choose(*combo, entry);
    return true;
  }

  bool fill_in_a_text() {
    auto* line = any<QLineEdit>([](const QLineEdit& candidate) {
      return !qobject_cast<QAbstractSpinBox*>(candidate.parentWidget()) && !candidate.isReadOnly();
    });
    if (!line) return false;
    const QString name = line->objectName();
    QStringList texts{"", "x", "0,5", "0.9,0.8"};
    if (name.startsWith("layers"))
      texts = {"10,12,8", "20,30,20", "98,196,196", "5,5", "30,20,10,5", "784,20,10", "1", "abc", "20000000,20000000"};
    if (name.startsWith("hidden")) texts = {"20,10", "16", "64,64", "", "x", "0"};
    if (name.startsWith("seeds")) texts = {"", "0,1", "3", "0,0", "a", "1,2,3"};
    if (name.contains("-dir-")) texts = {folder_, folder_, folder_ + "/nowhere", ""};
    const QString typed = one_of(texts);
    note("type \"" + typed + "\" into " + name + " of " + line->parentWidget()->objectName());
    type(*line, typed);
    return true;
  }

  bool press_a_button() {
    auto* button = any<QAbstractButton>([](const QAbstractButton& candidate) {
      const auto* tool = qobject_cast<const QToolButton*>(&candidate);
      return !candidate.objectName().isEmpty() && !candidate.objectName().startsWith("qt_") && (!tool || !tool->menu());
    });
    if (!button) return false;
    note("press " + button->objectName());
    QTest::mouseClick(button, Qt::LeftButton);
    return true;
  }

  void collect(const QMenu& menu, QList<QAction*>& actions) const {
    for (QAction* action : menu.actions())
      if (action->menu())
        collect(*action->menu(), actions);
      else if (action->isEnabled() && !action->isSeparator() && action->objectName() != "file-quit")
        actions += action;
  }
  bool use_a_menu() {
    QList<QAction*> actions;
    for (const QAction* top : window_.menuBar()->actions()) {
      Q_EMIT top->menu()->aboutToShow();
      collect(*top->menu(), actions);
    }
    for (const QToolButton* button : window_.findChildren<QToolButton*>())
      if (button->isVisible() && button->menu()) collect(*button->menu(), actions);
    QAction* action = one_of(actions);
    note("menu " + action->text());
    action->trigger();
    return true;
  }

  bool press_a_key() {
    QWidget* focused = QApplication::focusWidget();
    if (!focused || focused->window() != &window_) focused = &window_;
    struct Press {
      Qt::Key key;
      Qt::KeyboardModifiers with;
    };
    static const QList<Press> presses{{Qt::Key_1, {}},
                                      {Qt::Key_3, {}},
                                      {Qt::Key_4, {}},
                                      {Qt::Key_5, {}},
                                      {Qt::Key_Escape, {}},
                                      {Qt::Key_Space, {}},
                                      {Qt::Key_Tab, {}},
                                      {Qt::Key_F5, {}},
                                      {Qt::Key_F2, {}},
                                      {Qt::Key_Delete, {}},
                                      {Qt::Key_Return, {}},
                                      {Qt::Key_Up, {}},
                                      {Qt::Key_PageDown, {}},
                                      {Qt::Key_D, Qt::ControlModifier},
                                      {Qt::Key_0, Qt::ControlModifier},
                                      {Qt::Key_Period, Qt::ControlModifier}};
    const Press press = one_of(presses);
    note(QString("key %1 on %2").arg(QKeySequence(press.key | press.with).toString(), focused->objectName()));
    QTest::keyClick(focused, press.key, press.with);
    return true;
  }

  bool turn_the_wheel() {
    auto* widget = any<QWidget>();
    if (!widget) return false;
    note("wheel over " + widget->objectName() + " " + widget->metaObject()->className());
    const QPointF at(fraction() * widget->width(), fraction() * widget->height());
    QTest::mouseMove(widget, at.toPoint());
    QWheelEvent event(at, widget->mapToGlobal(at), {}, {0, 120 * (below(2) ? 1 : -1)}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(widget, &event);
    return true;
  }

  bool undo_or_redo() {
    const int times = 1 + below(4);
    const bool back = below(3) > 0;
    note(QString("%1 %2 times").arg(back ? "undo" : "redo").arg(times));
    for (int i = 0; i < times; ++i) window_.findChild<QAction*>(back ? "edit-undo" : "edit-redo")->trigger();
    return true;
  }

  bool use_a_file() {
    const QString network = folder_ + one_of(QStringList{"/a.npz", "/b.graphml", "/c.tsv", "/d.mtx"});
    switch (below(5)) {
      case 0:
        note("save " + network);
        window_.files().save_network(network);
        break;
      case 1:
        note("open " + network);
        window_.files().open(network);
        break;
      case 2:
        note("save the session");
        window_.files().save_session_to(folder_ + "/s.dnm.json");
        break;
      case 3:
        note("open the session");
        window_.files().open(folder_ + "/s.dnm.json");
        break;
      default:
        note("export a figure");
        window_.files().export_figure(
            {folder_ + "/f.svg", {"89mm"}, one_of(std::vector<std::string>{"all", "layers"})});
    }
    return true;
  }

  bool resize() {
    const QSize size(1000 + below(600), 650 + below(400));
    note(QString("resize to %1 x %2").arg(size.width()).arg(size.height()));
    window_.resize(size);
    return true;
  }

  bool wait() {
    const int milliseconds = below(4) == 0 ? 400 : below(60);
    note(QString("wait %1 ms").arg(milliseconds));
    QTest::qWait(milliseconds);
    return true;
  }

  /// Dialogs and open menus of the program: presses one of their buttons, or Escape.
  void answer_what_is_asked() {
    while (QWidget* popup = QApplication::activePopupWidget()) {
      popup->close();
      QCoreApplication::processEvents();
    }
    // An answer may close the dialog that asked, and delete it.
    const QList<QDialog*> all = window_.findChildren<QDialog*>();
    for (const QPointer<QDialog>& dialog : QList<QPointer<QDialog>>(all.begin(), all.end())) {
      if (!dialog || !dialog->isVisible()) continue;
      QList<QAbstractButton*> buttons;
      for (auto* button : dialog->findChildren<QAbstractButton*>())
        if (button->isVisible() && button->isEnabled() && button->objectName() != "export-choose") buttons += button;
      if (auto* path = dialog->findChild<QLineEdit*>("export-path")) path->setText(folder_ + "/dialog.svg");
      if (qobject_cast<QMessageBox*>(dialog.data()) && !buttons.isEmpty()) {
        QAbstractButton* button = one_of(buttons);
        note("answer " + dialog->objectName() + " by " + button->text());
        QTest::mouseClick(button, Qt::LeftButton);
      } else if (auto* accept = dialog->findChild<QPushButton*>("export-accept"); accept && below(2)) {
        note("accept " + dialog->objectName());
        accept->click();
      } else {
        note("close " + dialog->objectName());
        dialog->close();
      }
      QCoreApplication::processEvents();
    }
  }

  Window& window_;
  QString folder_;
  std::mt19937_64 random_;
  QStringList done_;
  QTimer closer_;
};

}  // namespace

/// Any actions in any order: no crash, nothing logged, all that is shown and exported at a rest is of one network, and
/// all of it can be undone. DNM_WALK_ACTIONS and DNM_WALK_SEEDS make the walk longer, DNM_WALK_TOLD writes each action
/// before it is done.
class TestRandomWalk : public RunsWindow {
  Q_OBJECT

 public:
  /// In place of the programs of a desktop.
  Q_INVOKABLE void open_on_desktop(const QUrl& /*what*/) {}

 private:
  std::string start_;  ///< the session that undoing everything leads back to

  /// Where two texts part, with what stands there in each.
  static QString difference(const std::string& wanted, const std::string& found) {
    constexpr std::size_t before = 200, after = 100;
    const auto [one, other] = std::ranges::mismatch(wanted, found);
    const auto at = static_cast<std::size_t>(one - wanted.begin());
    const std::size_t from = at - std::min(at, before);
    return QString("wanted: …%1…\nfound: …%2…\n")
        .arg(QString::fromStdString(wanted.substr(from, at - from + after)),
             QString::fromStdString(found.substr(from, at - from + after)));
  }
  /// The session without what is no step of undo: the settings of the chart, the selection, what is known of pins.
  [[nodiscard]] std::string session() {
    Session session = window_->document().session();
    session.chart.reset();
    session.selected = {};
    session.pin_results.clear();
    return session_to_json(session);
  }

  /// Pauses what trains, since a run that is followed changes its network; gives what is to be resumed.
  [[nodiscard]] std::vector<RunKey> pause_runs() {
    std::vector<RunKey> paused;
    const auto is_under_way = [](const Experiment& experiment) {
      return std::ranges::any_of(experiment.runs, [](const ExperimentRun& run) {
        const RunStage stage = stage_of(run);
        return stage == RunStage::running || stage == RunStage::preparing || stage == RunStage::waiting;
      });
    };
    for (const Experiment& experiment : runs().experiments())
      if (is_under_way(experiment)) paused.push_back({experiment.id, {}});
    for (const RunKey& key : paused) runs().pause(key);
    if (!QTest::qWaitFor([&] { return std::ranges::none_of(runs().experiments(), is_under_way); }, patience))
      QTest::qFail("training does not pause", __FILE__, __LINE__);
    return paused;
  }

  /// Waits until nothing is under way. What takes long is cancelled, as somebody would.
  [[nodiscard]] bool comes_to_rest(const RestCheck& check) {
    const auto rests = [&check] { return check.rests(); };
    if (!QTest::qWaitFor(rests, long_computing)) {
      action("network-cancel")->trigger();
      window_->files().background().cancel();
      if (!QTest::qWaitFor(rests, patience)) return false;
    }
    if (!check.is_complete()) QTest::qWait(time_to_dim);
    return true;
  }

 private Q_SLOTS:
  void initTestCase() {
    write_data_set(folder_.path(), 200, 50);
    for (const char* scheme : {"file", "https"}) QDesktopServices::setUrlHandler(scheme, this, "open_on_desktop");
  }
  void cleanupTestCase() {
    for (const char* scheme : {"file", "https"}) QDesktopServices::unsetUrlHandler(scheme);
    window_.reset();
  }

  void any_actions_can_be_undone_data() {
    QTest::addColumn<int>("seed");
    const int first = number_of("DNM_WALK_FIRST_SEED", 1);
    for (int seed = first; seed < first + number_of("DNM_WALK_SEEDS", 1); ++seed)
      QTest::addRow("seed %d", seed) << seed;
  }
  void any_actions_can_be_undone() {
    QFETCH(int, seed);
    const int actions = number_of("DNM_WALK_ACTIONS", 200);
    constexpr int between_rests = 20, between_redraws = 100, enough_milliseconds = 150000;
    renew_window();
    set_up_training(*window_, folder_.path(), 2);
    window_->document().reset(window_->document().session());  // small data belong to the start
    const LogWatch log;
    start_ = session();
    const auto again = connect(&window_->document(), &Document::path_changed, this, [this] {
      if (!window_->document().history().can_undo() && !window_->document().history().can_redo()) start_ = session();
    });
    Visitor visitor(*window_, folder_.path(), static_cast<std::uint64_t>(seed));
    RestCheck check(*window_, folder_.path());
    int rests = 0, exports = 0;
    QElapsedTimer clock;
    clock.start();
    for (int action = 1; action <= actions; ++action) {
      // On a busy machine the short walk ends before QtTest's five minutes do; a longer one was asked for.
      if (!qEnvironmentVariableIsSet("DNM_WALK_ACTIONS") && clock.hasExpired(enough_milliseconds)) {
        qInfo("%d of %d actions in %lld s", action - 1, actions, clock.elapsed() / 1000);
        break;
      }
      visitor.act();
      QVERIFY2(log.problems().isEmpty(), qPrintable(log.problems().join('\n') + visitor.story()));
      QVERIFY2(window_->isVisible(), qPrintable(visitor.story()));
      if (action % between_rests != 0) continue;
      const std::vector<RunKey> paused = pause_runs();
      QVERIFY2(comes_to_rest(check), qPrintable(find<QLabel>(*window_, "status-verb")->text() + visitor.story()));
      QString wrong = check.look();
      ++rests;
      if (wrong.isEmpty() && check.is_complete()) {
        wrong = check.look_at_exports(action % between_redraws == 0);
        ++exports;
      }
      QVERIFY2(wrong.isEmpty(), qPrintable(wrong + visitor.story()));
      for (const RunKey& key : paused) runs().resume(key);
    }
    qInfo("%d rests, %d with exports, %lld s", rests, exports, clock.elapsed() / 1000);
    window_->runs().stop_all();
    window_->live().cancel();
    QTRY_VERIFY_WITH_TIMEOUT(!window_->files().is_busy() && !window_->runs().runner().is_busy(), patience);

    const std::string end = session();
    int steps = 0;
    for (; window_->document().history().can_undo(); ++steps) window_->document().undo();
    QVERIFY2(session() == start_, qPrintable(difference(start_, session()) + visitor.story()));
    for (; steps > 0; --steps) window_->document().redo();
    QVERIFY2(session() == end, qPrintable(difference(end, session()) + visitor.story()));
    disconnect(again);
  }
};

DNM_TEST(TestRandomWalk, TimedApplication)
#include "test_random_walk.moc"
