// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <cmath>
#include <memory>

#include "chart_experiments.h"
#include "core/files/network_files.h"
#include "driver.h"
#include "file_dialog.h"
#include "tests/app/file_content.h"
#include "tests/app/played_topology.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// What is written where: files that are there already or that others have changed, sessions without their networks,
/// and what exported files say of this machine.
class TestSaving : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> folder_;
  std::unique_ptr<Window> window_;

  [[nodiscard]] QString path(const QString& name) const { return folder_->filePath(name); }
  static QByteArray content(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  QString write(const QString& name, const QByteArray& text) const {
    QDir(folder_->path()).mkpath(QFileInfo(name).path());
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
      qFatal("cannot write %s", qPrintable(name));
    return file.fileName();
  }
  static bool open(Window& window, const QString& path) {
    window.files().open(path);
    return QTest::qWaitFor([&] { return !window.files().is_busy(); }, 20000);
  }
  static void trigger(Window& window, const char* action) { window.findChild<QAction*>(action)->trigger(); }
  static bool asks(Window& window, const char* question) {
    return QTest::qWaitFor(
        [&] {
          const auto boxes = window.findChildren<QMessageBox*>(question);
          return std::ranges::any_of(boxes, [](const QMessageBox* box) { return box->isVisible(); });
        },
        5000);
  }
  static std::uint64_t saved_seed(const QString& path) {
    return read_session(path.toStdString()).state.parameters.seed;
  }
  static void set_seed(Window& window, int seed) { find<QDoubleSpinBox>(window, "seed-spin")->setValue(seed); }

 private Q_SLOTS:
  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    renew(window_);
    QVERIFY(wait_until_fresh(*window_));
  }
  void cleanupTestCase() { window_.reset(); }

  void a_session_opens_without_its_network() {
    const QString session = write("here/s.dnm.json", R"({"format":"dnm-session","version":1,"network_file":"netz.tsv",
        "parameters":{"model":"dnm","layers":"9,6","seed":"4"}})");
    write("here/netz.tsv", "0\t1\n1\t2\n2\t0\n");
    QVERIFY(QDir(folder_->path()).rename("here", "there"));
    const QString moved = path("there/s.dnm.json");
    QVERIFY(open(*window_, moved));
    QVERIFY(wait_until_fresh(*window_));
    QCOMPARE(window_->live().current_network()->link_count(), std::uint64_t{3});
    QVERIFY(window_->messages().messages().isEmpty());
    QVERIFY(window_->files().save_session_to(moved));
    const QByteArray saved = content(moved);
    QVERIFY(saved.contains(R"("network_file": "netz.tsv")"));

    QVERIFY(QFile::remove(path("there/netz.tsv")));
    window_->files().new_session();
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(open(*window_, moved));
    QVERIFY(wait_until_fresh(*window_));
    QCOMPARE(window_->document().state().parameters.seed, std::uint64_t{4});
    QVERIFY(!window_->document().is_modified());
    QTRY_COMPARE(window_->messages().messages().size(), 1);
    QVERIFY(window_->messages().messages()[0].contains("netz.tsv"));
    QVERIFY(!window_->live().current_network());
    QVERIFY(find<QLabel>(*window_, "network-source")->text().contains("netz.tsv"));
    QVERIFY(find<QLabel>(*window_, "state-matrix")->text().contains("no network"));
    QVERIFY(window_->files().save_session_to(moved));
    QCOMPARE(content(moved), saved);
    // There is nothing to save, draw or train.
    window_->messages().clear();
    window_->files().save_network(path("n.npz"));
    QTRY_COMPARE(window_->messages().messages().filter("netz.tsv").size(), 1);
    QVERIFY(!QFile::exists(path("n.npz")));
    window_->files().export_figure({path("f.svg"), {"183mm"}, "layers"});
    QTRY_COMPARE(window_->messages().messages().filter("no network to draw").size(), 1);
    // The model is one click away, and back again.
    find<QPushButton>(*window_, "draw-from-model")->click();
    QVERIFY(wait_until_fresh(*window_));
    QCOMPARE(window_->live().current_network()->node_count(), 15U);
    QTRY_VERIFY(window_->messages().messages().filter("There is no network").isEmpty());
    window_->document().undo();
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(!window_->live().current_network());
    // The network is there again, and so is the picture.
    write("there/netz.tsv", "0\t1\n");
    window_->document().forget_changes();
    QVERIFY(open(*window_, moved));
    QVERIFY(wait_until_fresh(*window_));
    QCOMPARE(window_->live().current_network()->link_count(), std::uint64_t{1});
  }

  /// What a message said of a disk is withdrawn once saving works.
  void a_session_that_could_not_be_saved_is_saved_later() {
    const QString file = path("away/s.dnm.json");
    QVERIFY(!window_->files().save_session_to(file));
    QCOMPARE(window_->messages().messages().filter("away").size(), 1);
    QVERIFY(!window_->files().save_session_to(file));
    QCOMPARE(window_->messages().messages().filter("away").size(), 1);
    QVERIFY(QDir().mkpath(path("away")));
    QVERIFY(window_->files().save_session_to(file));
    QVERIFY(window_->messages().messages().filter("away").isEmpty());
  }

  void the_second_of_two_windows_asks_before_it_saves() {
    const QString file = write("s.dnm.json", R"({"format":"dnm-session","version":1,"parameters":{"model":"dnm",
        "layers":"784,30,30","sparsity":"0.9","seed":"0"},"training":{"data":"fashion-mnist","epochs":"3"}})");
    const std::unique_ptr<Window> second = make_window();
    Window& a = *window_;
    Window& b = *second;
    QVERIFY(open(a, file) && open(b, file));
    set_seed(b, 11);
    trigger(b, "file-save");
    QTRY_COMPARE(saved_seed(file), std::uint64_t{11});
    // A notices at once; the user keeps what is there, changes it, and saves.
    QVERIFY(asks(a, "reload-question"));
    QVERIFY(answer(a, "reload-question", "Cancel"));
    QTRY_VERIFY(a.document().is_modified());
    type(*find<QLineEdit>(a, "layers-text"), "784,40,40");
    trigger(a, "file-save");
    QVERIFY(asks(a, "changed-question"));
    QCOMPARE(saved_seed(file), std::uint64_t{11});
    QVERIFY(answer(a, "changed-question", "Cancel"));
    QTest::qWait(50);
    QCOMPARE(saved_seed(file), std::uint64_t{11});
    // Under another name nothing is lost.
    trigger(a, "file-save");
    type_into_file_dialog(path("mine"));
    QVERIFY(answer(a, "changed-question", "Save As …"));
    QTRY_VERIFY(QFile::exists(path("mine.dnm.json")));
    QCOMPARE(saved_seed(path("mine.dnm.json")), std::uint64_t{0});
    QVERIFY(!a.document().is_modified());
    QCOMPARE(saved_seed(file), std::uint64_t{11});
    // Or what the other window has written is replaced, knowingly. Then B asks in turn.
    QVERIFY(open(a, file));
    set_seed(a, 5);
    set_seed(b, 12);
    trigger(a, "file-save");
    QTRY_COMPARE(saved_seed(file), std::uint64_t{5});
    QVERIFY(asks(b, "reload-question"));
    QVERIFY(answer(b, "reload-question", "Cancel"));
    trigger(b, "file-save");
    QVERIFY(asks(b, "changed-question"));
    QVERIFY(answer(b, "changed-question", "Save Anyway"));
    QTRY_COMPARE(saved_seed(file), std::uint64_t{12});
    QVERIFY(!b.document().is_modified());
    trigger(b, "file-save");  // its own version now
    QVERIFY(!asks(b, "changed-question"));
    QVERIFY(answer(a, "reload-question", "Cancel"));
  }

  void a_session_another_program_changed_can_be_reloaded() {
    const QString file = path("s.dnm.json");
    Session session;
    session.state.parameters.seed = 1;
    write_session(file.toStdString(), session);
    QVERIFY(open(*window_, file));
    for (const std::uint64_t seed : {2U, 3U}) {
      session.state.parameters.seed = seed;
      write_session(file.toStdString(), session);
      QVERIFY(asks(*window_, "reload-question"));
      QVERIFY(answer(*window_, "reload-question", "Reload"));
      QTRY_COMPARE(window_->document().state().parameters.seed, seed);
      QVERIFY(!window_->document().is_modified());
    }
    // Written again with the same content it is not another one.
    write_session(file.toStdString(), session);
    QTest::qWait(600);
    QVERIFY(!window_->findChild<QMessageBox*>("reload-question") ||
            !window_->findChild<QMessageBox*>("reload-question")->isVisible());
    QVERIFY(QFile::remove(file));
    QTRY_COMPARE(window_->messages().messages().filter("was removed").size(), 1);
    QVERIFY(window_->document().is_modified());
    trigger(*window_, "file-save");
    QTRY_COMPARE(saved_seed(file), std::uint64_t{3});
    QVERIFY(!window_->document().is_modified());
  }

  void an_export_asks_before_it_replaces_a_file() {
    const QString figure = write("figure.svg", "mine");
    trigger(*window_, "file-export");
    auto* dialog = window_->findChild<ExportDialog*>();
    QVERIFY(dialog);
    find<QLineEdit>(*dialog, "export-path")->setText(figure);
    choose(*find<QComboBox>(*dialog, "export-panel"), "layers");
    const auto press_export = [&dialog] {
      QTest::mouseClick(find<QPushButton>(*dialog, "export-accept"), Qt::LeftButton);
    };
    press_export();
    QVERIFY(answer(*window_, "replace-question", "Cancel"));
    QTest::qWait(50);
    QVERIFY(dialog->isVisible());
    QCOMPARE(content(figure), QByteArray("mine"));
    press_export();
    QVERIFY(answer(*window_, "replace-question", "Replace"));
    QTRY_VERIFY_WITH_TIMEOUT(content(figure).contains("<svg") && !window_->files().is_busy(), 60000);
    // The path that is proposed the next time is that of the file that is there now.
    QTRY_VERIFY(!window_->findChild<ExportDialog*>());
    trigger(*window_, "file-export");
    dialog = window_->findChild<ExportDialog*>();
    QCOMPARE(find<QLineEdit>(*dialog, "export-path")->text(), figure);
    press_export();
    QVERIFY(answer(*window_, "replace-question", "Cancel"));
    // A path typed from home on is the same file.
    const QByteArray home = qgetenv("HOME");
    qputenv("HOME", QFileInfo(figure).absolutePath().toUtf8());
    find<QLineEdit>(*dialog, "export-path")->setText("~/" + QFileInfo(figure).fileName());
    QCOMPARE(dialog->settings().path, figure);
    press_export();
    qputenv("HOME", home);
    QVERIFY(answer(*window_, "replace-question", "Cancel"));
    dialog->reject();
  }

  void the_preview_is_the_page_that_is_exported() {
    QVERIFY(wait_until_fresh(*window_));
    trigger(*window_, "file-export");
    auto* dialog = window_->findChild<ExportDialog*>();
    QVERIFY(dialog);
    auto* preview = find<FigurePreviewArea>(*dialog, "figure-preview");
    auto* pictures = find<QComboBox>(*dialog, "export-panel");
    auto* accept = find<QPushButton>(*dialog, "export-accept");
    const auto typed = [pictures](const QString& text) {
      pictures->setFocus();
      pictures->lineEdit()->selectAll();
      QTest::keyClicks(pictures->lineEdit(), text);
    };
    QTRY_VERIFY_WITH_TIMEOUT(!preview->image().isNull(), 30000);
    const QImage all = preview->image();
    typed("layers matrix / measures");
    QVERIFY(accept->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(!preview->image().isNull() && preview->image() != all, 30000);
    QCOMPARE(preview->image().width(), all.width());  // as wide as before
    QCOMPARE(dialog->settings().panel, std::string("layers matrix / measures"));
    find<NumberBox>(*dialog, "export-width")->setValue(91.5);
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(2 * preview->image().width() - all.width()) <= 2, 30000);
    for (const char* bad : {"layers matrx", "layers /", "poster-b:disk", "neuron-"}) {
      typed(bad);
      QVERIFY2(!accept->isEnabled(), bad);
      QVERIFY(!find<QLabel>(*dialog, "export-hint")->text().isEmpty());
    }
    // What keeps a picture from being drawn is said in its place.
    typed("neuron");
    QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>(*dialog, "figure-preview-page")->text().contains("select one"), 30000);
    typed("layers disk");
    find<QLineEdit>(*dialog, "export-path")->setText(path("two.png"));
    find<QCheckBox>(*dialog, "export-letters-flag")->click();
    QTest::mouseClick(accept, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!QImage(path("two.png")).isNull() && !window_->files().is_busy(), 60000);
    QTRY_VERIFY(!window_->findChild<ExportDialog*>());
    // The next export proposes the same page.
    trigger(*window_, "file-export");
    dialog = window_->findChild<ExportDialog*>();
    QCOMPARE(dialog->settings().panel, std::string("layers disk"));
    QVERIFY(dialog->settings().page.letters);
    QCOMPARE(dialog->settings().page.width, std::string("91.5mm"));
    dialog->reject();
  }

  void a_picture_goes_to_the_clipboard() {
    QVERIFY(wait_until_fresh(*window_));
    QGuiApplication::clipboard()->clear();
    auto* copy = window_->findChild<QAction*>("copy-picture-matrix");
    QVERIFY(copy);
    copy->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!QGuiApplication::clipboard()->image().isNull(), 30000);
    QVERIFY(QGuiApplication::clipboard()->image().width() > 400);
  }

  void other_files_ask_in_the_same_way() {
    // The name gets its extension first: the file in the way has it, the typed name has not.
    const QString session = write("s.dnm.json", "mine");
    type_into_file_dialog(path("s"));
    trigger(*window_, "file-save-as");
    QVERIFY(answer(*window_, "replace-question", "Cancel"));
    QTest::qWait(50);
    QCOMPARE(content(session), QByteArray("mine"));
    type_into_file_dialog(path("s"));
    trigger(*window_, "file-save-as");
    QVERIFY(answer(*window_, "replace-question", "Replace"));
    QTRY_VERIFY(content(session).contains("dnm-session"));
    type_into_file_dialog(path("s"));  // its own file is saved without a question
    trigger(*window_, "file-save-as");
    QVERIFY(!asks(*window_, "replace-question"));

    const QString network = write("n.npz", "mine");
    type_into_file_dialog(path("n"));
    trigger(*window_, "file-save-network");
    QVERIFY(answer(*window_, "replace-question", "Cancel"));
    QTest::qWait(50);
    QCOMPARE(content(network), QByteArray("mine"));
    type_into_file_dialog(path("n"));
    trigger(*window_, "file-save-network");
    QVERIFY(answer(*window_, "replace-question", "Replace"));
    QTRY_VERIFY(content(network).startsWith("PK"));

    auto* chart = find<TrainingChart>(*window_, "training-chart");
    chart->show_experiments(groups_of(2, 4));
    const QString table = write("epochs.csv", "mine");
    QMenu* menu = find<QToolButton>(*chart, "chart-export")->menu();
    type_into_file_dialog(table);
    menu->findChild<QAction*>("chart-export-epochs.csv")->trigger();
    QVERIFY(answer(*window_, "replace-question", "Cancel"));
    QTest::qWait(50);
    QCOMPARE(content(table), QByteArray("mine"));
    type_into_file_dialog(path("epochs"));
    menu->findChild<QAction*>("chart-export-epochs.csv")->trigger();
    QVERIFY(answer(*window_, "replace-question", "Replace"));
    QTRY_VERIFY(content(table).contains("group 1"));
    QTRY_VERIFY(!chart->is_exporting());
  }

  void what_is_exported_names_no_folder() {
    const QString network = write("a secret place/netz.tsv", "# layers=3,2\n0\t3\n1\t4\n2\t3\n");
    QVERIFY(QDir(folder_->path()).mkpath("figures"));
    const std::string secret = path("a secret place").toStdString();
    WorkspaceState state = window_->document().state();
    state.training.run_folder = secret + "/runs";
    state.training.data_folder = secret + "/images";
    window_->document().edit("folders", state);
    const auto silent = [this](const QString& file) {
      const QByteArray all = samples::content_with_streams(file);
      const bool ok = !all.isEmpty() && !samples::says(all, folder_->path()) && !samples::says(all, "a secret place") &&
                      !samples::says(all, QDir::homePath() + "/") && !samples::says(all, QDir::tempPath() + "/");
      if (!ok) qWarning("%s", qPrintable(file));
      return ok;
    };
    const auto write_all = [&](const QString& name) {
      for (const char* extension : {".svg", ".pdf", ".png"}) {
        const QString file = path("figures/" + name + extension);
        window_->files().export_figure({file, {"183mm"}, "layers"});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file) && !window_->files().is_busy(), 60000);
        QVERIFY(silent(file));
      }
      for (const NetworkFormat& format : network_formats()) {
        if (format.write == nullptr) continue;
        const QString file = path("figures/" + name + QString::fromStdString(std::string(format.extension)));
        window_->files().save_network(file);
        QTRY_VERIFY(!window_->files().is_busy());
        QVERIFY(silent(file));
      }
    };
    QVERIFY(open(*window_, network));
    QVERIFY(wait_until_fresh(*window_));
    write_all("file");
    // A run, whose links are read from its folder.
    const samples::PlayedTopology played =
        samples::play_topology(*generate(state.parameters).network, 1, secret + "/run");
    window_->document().replace_shown(ShownRun{"0f-1e", 0, secret + "/run", {}, 1, played.networks[1]});
    QVERIFY(wait_until_fresh(*window_));
    write_all("run");
    // Beside the figure it is found again.
    QVERIFY(QDir(folder_->path()).rename("a secret place/run", "figures/run"));
    window_->document().forget_changes();
    QVERIFY(open(*window_, path("figures/run.pdf")));
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(*window_->live().current_network() == *played.networks[1]);
    // The charts and tables of runs.
    auto* chart = find<TrainingChart>(*window_, "training-chart");
    std::vector<Experiment> groups = groups_of(2, 4);
    for (Experiment& group : groups) {
      group.command_line = "dnm train --run-dir '" + secret + "/runs' --data-dir '" + secret + "/images'";
      group.start.training.run_folder = secret + "/runs";
      for (ExperimentRun& run : group.runs) run.folder = secret + "/runs/seed-" + std::to_string(run.seed);
    }
    window_->runs().replace_finished(groups);
    chart->show_experiments(window_->runs().experiments());
    for (const char* extension : {"svg", "pdf", "png"}) {
      const QString file = path(QString("figures/chart.") + extension);
      chart->export_figure({file, {"183mm"}, "all"});
      QTRY_VERIFY_WITH_TIMEOUT(!chart->is_exporting(), 60000);
      QVERIFY(silent(file));
      QVERIFY(samples::says(samples::content_with_streams(file), "--run-dir runs"));
    }
    using Table = TrainingChart::Table;
    chart->export_table(Table::epochs, path("figures/e.csv"));
    chart->export_table(Table::comparison, path("figures/c.csv"));
    chart->export_table(Table::comparison_latex, path("figures/c.tex"));
    QTRY_VERIFY(!chart->is_exporting());
    for (const char* name : {"e.csv", "c.csv", "c.tex"}) QVERIFY(silent(path(QString("figures/") + name)));
    QVERIFY(content(path("figures/c.csv")).contains("--run-dir runs --data-dir images"));
  }
};

DNM_TEST(TestSaving, TimedApplication)
#include "test_saving.moc"
