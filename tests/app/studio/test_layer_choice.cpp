// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>
#include <filesystem>

#include "app/studio/dialogs/layers_dialog.h"
#include "chart_experiments.h"
#include "core/files/network_tensors.h"
#include "file_dialog.h"
#include "runs_window.h"
#include "tests/core/files/npz_builder.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// Files of many matrices in the window: which are the layers; and weights that leave it.
class TestLayerChoice : public RunsWindow {
  Q_OBJECT

  static QString reference(const char* name) { return QString(dnm::test::reference_folder()) + "/" + name; }
  bool wait() {
    return QTest::qWaitFor([&] { return !window_->files().is_busy(); }, 20000);
  }
  LayersDialog* dialog() {
    LayersDialog* found = nullptr;
    const auto is_up = [&] {
      for (auto* candidate : window_->findChildren<LayersDialog*>())
        if (candidate->isVisible()) found = candidate;
      return found != nullptr;
    };
    return QTest::qWaitFor(is_up, 20000) ? found : nullptr;
  }
  static QTreeWidget* list(LayersDialog* dialog) { return find<QTreeWidget>(*dialog, "layers-list"); }
  static QPushButton* open_button(LayersDialog* dialog) { return find<QPushButton>(*dialog, "layers-open"); }
  static QString fit(LayersDialog* dialog) { return find<QLabel>(*dialog, "layers-fit")->text(); }
  /// Ticks a matrix, or takes the tick away, as with the keyboard.
  static void tick(LayersDialog* dialog, const QString& name) {
    QTreeWidget* const rows = list(dialog);
    const QList<QTreeWidgetItem*> items = rows->findItems(name, Qt::MatchExactly);
    QCOMPARE(items.size(), 1);
    rows->setCurrentItem(items.front());
    QTest::keyClick(rows, Qt::Key_Space);
  }
  static QStringList ticked(LayersDialog* dialog) {
    QStringList names;
    for (const std::string& name : dialog->chosen()) names += QString::fromStdString(name);
    return names;
  }
  ShownFile shown() { return std::get<ShownFile>(window_->document().state().shown); }

  static inline const QString up = "encoder.layers.0.linear1.weight";
  static inline const QString down = "encoder.layers.0.linear2.weight";
  static inline const QString attention = "encoder.layers.0.self_attn.in_proj_weight";

 private Q_SLOTS:
  void init() { renew_window(); }
  void cleanupTestCase() { window_.reset(); }

  void a_file_that_is_no_chain_asks_for_its_layers() {
    const WorkspaceState before = window_->document().state();
    window_->files().open(reference("torch/transformer.pt"));
    LayersDialog* asked = dialog();
    QVERIFY(asked);
    QCOMPARE(list(asked)->topLevelItemCount(), 10);
    QVERIFY(ticked(asked).isEmpty() && !open_button(asked)->isEnabled());
    const QTreeWidgetItem* first = list(asked)->findItems(up, Qt::MatchExactly).front();
    QCOMPARE(first->text(1), QString("12 × 8"));
    QCOMPARE(first->text(2), QString("50.00 %"));
    tick(asked, up);
    QVERIFY2(fit(asked).contains("8-12."), qPrintable(fit(asked)));
    tick(asked, down);
    tick(asked, attention);  // above them in the file, and stored the other way: 24-8-12-8
    QCOMPARE(ticked(asked), (QStringList{attention, up, down}));
    QVERIFY2(fit(asked).contains("24-8-12-8.") && fit(asked).endsWith(": " + attention + "."), qPrintable(fit(asked)));
    for (int rows = 0; rows < 2; ++rows) QTest::mouseClick(find<QPushButton>(*asked, "layers-down"), Qt::LeftButton);
    QCOMPARE(ticked(asked), (QStringList{up, attention, down}));
    QVERIFY2(
        fit(asked).contains(down + " (8 × 12) does not follow " + attention + " (24 × 8): neither of its sides is 24"),
        qPrintable(fit(asked)));
    QVERIFY(!open_button(asked)->isEnabled());
    tick(asked, attention);
    QCOMPARE(ticked(asked), (QStringList{up, down}));
    QVERIFY2(fit(asked).contains("8-12-8."), qPrintable(fit(asked)));
    QTest::mouseClick(open_button(asked), Qt::LeftButton);
    QVERIFY(wait() && wait_until_fresh(*window_));
    // The links are those that PyTorch counted.
    QFile links(reference("torch/transformer.links"));
    QVERIFY(links.open(QIODevice::ReadOnly));
    QCOMPARE(window_->live().current_network()->link_count(),
             static_cast<std::uint64_t>(links.readAll().count('\n') - 1));
    QVERIFY(shown().network->layer_sizes() == (std::vector<NodeIndex>{8, 12, 8}));
    QVERIFY(shown().reading.tensors == (std::vector<std::string>{up.toStdString(), down.toStdString()}));

    // Session, recent files and the dialog itself keep the choice; one undo takes it back.
    const QString session = folder_.filePath("chosen.dnm.json");
    QVERIFY(window_->files().save_session_to(session));
    action("network-choose-layers")->trigger();
    asked = dialog();
    QVERIFY(asked);
    QCOMPARE(ticked(asked), (QStringList{up, down}));
    tick(asked, down);
    QTest::keyClick(asked, Qt::Key_Return);
    QVERIFY(wait());
    QVERIFY(shown().network->layer_sizes() == (std::vector<NodeIndex>{8, 12}));
    window_->document().undo();
    QVERIFY(shown().network->layer_sizes() == (std::vector<NodeIndex>{8, 12, 8}));
    window_->document().undo();
    QVERIFY(window_->document().state() == before);
    for (QAction* recent : window_->findChildren<QAction*>())
      if (recent->toolTip() == reference("torch/transformer.pt")) recent->trigger();
    QVERIFY(wait());
    QVERIFY(shown().network->layer_sizes() == (std::vector<NodeIndex>{8, 12}));
    window_->document().forget_changes();
    window_->files().open(session);
    QVERIFY(wait());
    QVERIFY(shown().network->layer_sizes() == (std::vector<NodeIndex>{8, 12, 8}));
  }

  void a_choice_can_be_cancelled() {
    const WorkspaceState before = window_->document().state();
    QVERIFY(!action("network-choose-layers")->isEnabled());
    window_->files().open(reference("torch/transformer.pt"));
    LayersDialog* asked = dialog();
    QVERIFY(asked);
    tick(asked, up);
    QTest::keyClick(asked, Qt::Key_Escape);
    QVERIFY(wait() && window_->document().state() == before);
    // A format without named matrices has nothing to choose.
    window_->files().open(reference("karate.tsv"));
    QVERIFY(wait() && !action("network-choose-layers")->isEnabled());
  }

  void masks_of_an_archive_can_be_chosen_after_it_is_open() {
    NpzBuilder archive;
    for (int i = 0; i < 14; ++i) {
      const std::vector<std::uint8_t> cells(12, i % 3 == 0 ? 1 : 0);
      archive.raw("fc" + std::to_string(i),
                  NpzBuilder::npy("|u1", i % 2 == 0 ? "(4, 3)" : "(3, 4)", NpzBuilder::bytes(cells)));
    }
    const QString path = folder_.filePath("masks.npz");
    archive.save(path.toStdString());
    window_->files().open(path);
    QVERIFY(wait());
    QCOMPARE(shown().network->masks().size(), std::size_t{14});
    action("network-choose-layers")->trigger();
    LayersDialog* asked = dialog();
    QVERIFY(asked);
    QCOMPARE(ticked(asked).size(), 14);
    QCOMPARE(ticked(asked).at(10), QString("fc10"));  // by number
    // The search leaves rows out, and ticks stay.
    auto* search = find<QLineEdit>(*asked, "layers-search");
    QVERIFY(search->isVisible());
    QTest::keyClicks(search, "13");
    int visible = 0;
    for (int row = 0; row < 14; ++row) visible += list(asked)->topLevelItem(row)->isHidden() ? 0 : 1;
    QCOMPARE(visible, 1);
    search->clear();
    for (int i = 2; i < 14; ++i) tick(asked, "fc" + QString::number(i));
    QCOMPARE(ticked(asked), (QStringList{"fc0", "fc1"}));
    QVERIFY(asked->width() <= 1024 && asked->height() <= 700);
    QTest::mouseClick(open_button(asked), Qt::LeftButton);
    QVERIFY(wait());
    QVERIFY(shown().network->layer_sizes() == (std::vector<NodeIndex>{3, 4, 3}));
    QCOMPARE(shown().network->link_count(), std::uint64_t{12});
  }

  void weights_of_a_run_are_exported() {
    const std::filesystem::path run_folder = folder_.filePath("run").toStdString();
    std::filesystem::create_directories(run_folder);
    std::filesystem::copy_file(reference("checkpoint_version_2.pt").toStdString(), run_folder / checkpoint_file_name);
    Experiment experiment = group_of("kept", 0, 2, 1);
    for (ExperimentRun& run : experiment.runs) run.folder = run_folder.string();
    QVERIFY(!action("run-weights")->isEnabled());
    runs().replace_finished({experiment});
    tree()->setCurrentItem(row(0));
    QVERIFY(!action("run-weights")->isEnabled());  // it has two runs
    tree()->setCurrentItem(row(0)->child(1));
    QVERIFY(action("run-weights")->isEnabled());
    QVERIFY(window_->findChild<QMenu*>("run-menu")->actions().contains(action("run-weights")));
    const QString file = folder_.filePath("weights.safetensors");
    const auto export_weights = [&] {
      type_into_file_dialog(folder_.filePath("weights"));
      action("run-weights")->trigger();
    };
    export_weights();
    QTRY_VERIFY(QFile::exists(file) && !window_->files().is_busy());
    QCOMPARE(window_->messages().messages().filter("Wrote").filter("3 layers").size(), 1);
    const auto layers = read_trained_layers(run_folder / checkpoint_file_name);
    QVERIFY(read_network(file.toStdString()).network->masks().front() == layers.front().mask);
    // It asks before it replaces a file.
    QFile other(file);
    QVERIFY(other.open(QIODevice::WriteOnly | QIODevice::Truncate));
    other.write("mine");
    other.close();
    export_weights();
    QVERIFY(answer(*window_, "replace-question", "Cancel"));
    QCOMPARE(QFileInfo(file).size(), 4);
    export_weights();
    QVERIFY(answer(*window_, "replace-question", "Replace"));
    QTRY_VERIFY(QFileInfo(file).size() > 4);
  }
};

DNM_TEST(TestLayerChoice, TimedApplication)
#include "test_layer_choice.moc"
