// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "app/workspace/session/document.h"
#include "app/workspace/session/opened_file.h"
#include "tests/support/test_class.h"

using namespace dnm;

namespace {

WorkspaceState with_seed(std::uint64_t seed) {
  WorkspaceState state;
  state.parameters.seed = seed;
  return state;
}

std::uint64_t seed_of(const History& history) { return history.present().parameters.seed; }

}  // namespace

/// The document without a window: undo steps, what is saved, names of files.
class TestDocument : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void steps_are_undone_and_redone() {
    History history;
    QVERIFY(!history.can_undo() && !history.can_redo() && !history.undo() && !history.redo());
    QVERIFY(!history.edit("nothing", WorkspaceState{}));
    QCOMPARE(history.step_count(), std::size_t{0});
    QVERIFY(history.edit("one", with_seed(1)));
    QVERIFY(history.edit("two", with_seed(2)));
    QCOMPARE(history.undo_label(), std::string("two"));
    QVERIFY(history.undo());
    QCOMPARE(seed_of(history), std::uint64_t{1});
    QCOMPARE(history.undo_label(), std::string("one"));
    QCOMPARE(history.redo_label(), std::string("two"));
    QVERIFY(history.redo());
    QCOMPARE(seed_of(history), std::uint64_t{2});
    QVERIFY(history.undo() && history.undo() && !history.undo());
    QVERIFY(history.present() == WorkspaceState{});
    QVERIFY(history.undo_label().empty());

    // Another edit takes the place of what could be redone.
    QVERIFY(history.edit("three", with_seed(3)));
    QVERIFY(!history.can_redo() && history.redo_label().empty());
    QCOMPARE(history.step_count(), std::size_t{1});
    QCOMPARE(history.place(), std::size_t{1});
  }

  void a_drag_is_one_step() {
    History history;
    history.edit("seed", with_seed(1), "seed");
    history.edit("seed", with_seed(2), "seed");
    history.edit("seed", with_seed(3), "seed");
    QCOMPARE(history.step_count(), std::size_t{1});
    QCOMPARE(seed_of(history), std::uint64_t{3});
    history.edit("another", with_seed(4), "another");
    history.edit("seed", with_seed(5), "seed");
    QCOMPARE(history.step_count(), std::size_t{3});
    history.edit("plain", with_seed(6));
    history.edit("plain", with_seed(7));
    QCOMPARE(history.step_count(), std::size_t{5});
    while (history.undo()) {
    }
    QVERIFY(history.present() == WorkspaceState{});
  }

  void a_drag_that_ends_where_it_began_is_no_step() {
    History history(with_seed(1));
    history.edit("seed", with_seed(2), "seed");
    history.edit("seed", with_seed(1), "seed");
    QCOMPARE(history.step_count(), std::size_t{0});
    QVERIFY(history.is_saved());
    QCOMPARE(seed_of(history), std::uint64_t{1});
  }

  void a_saved_step_is_closed() {
    History history;
    QVERIFY(history.is_saved());
    history.edit("seed", with_seed(1), "seed");
    QVERIFY(!history.is_saved());
    history.set_saved();
    QVERIFY(history.is_saved());
    history.edit("seed", with_seed(2), "seed");
    QCOMPARE(history.step_count(), std::size_t{2});
    QVERIFY(!history.is_saved());
    history.undo();
    QVERIFY(history.is_saved());
    // No step leads back to what was saved.
    history.undo();
    history.edit("seed", with_seed(3));
    QVERIFY(!history.is_saved());
    history.undo();
    QVERIFY(!history.is_saved());
    history.redo();
    QVERIFY(!history.is_saved());
  }

  void the_oldest_steps_are_forgotten() {
    History history;
    for (std::uint64_t seed = 1; seed <= History::most_steps; ++seed) history.edit("step", with_seed(seed));
    QCOMPARE(history.step_count(), History::most_steps);
    QVERIFY(!history.has_forgotten() && history.state_at(0) == WorkspaceState{});
    history.go_to(3);
    history.set_saved();
    history.go_to(History::most_steps);
    history.edit("step", with_seed(5000));
    history.edit("step", with_seed(5001));
    QCOMPARE(history.step_count(), History::most_steps);
    QVERIFY(history.has_forgotten() && history.label_at(0).empty() && history.undo_label() == "step");
    QCOMPARE(history.place(), History::most_steps);
    QCOMPARE(history.state_at(0).parameters.seed, std::uint64_t{2});
    QVERIFY(history.go_to(1) && history.is_saved());  // the third state is the second now
    QCOMPARE(seed_of(history), std::uint64_t{3});
    history.go_to(History::most_steps);
    history.edit("step", with_seed(5002));
    history.edit("step", with_seed(5003));
    while (history.undo()) QVERIFY(!history.is_saved());
    QVERIFY(!history.is_saved());  // it is among those forgotten
  }

  void networks_of_old_steps_do_not_fill_the_memory() {
    // 600 x 600 links of 4 bytes: 23 of them fit in 32 MB.
    Mask mask{600, 600, {0}, {}};
    for (NodeIndex row = 0; row < 600; ++row) {
      for (NodeIndex column = 0; column < 600; ++column) mask.columns.push_back(column);
      mask.row_begin.push_back(mask.columns.size());
    }
    const auto network = [&mask] { return std::make_shared<const Network>(Network::layered({600, 600}, {mask})); };
    const auto showing = [](std::uint64_t update, const NetworkPointer& shown) {
      WorkspaceState state;
      state.shown = ShownRun{.experiment = "id", .update = update, .network = shown};
      return state;
    };
    History history;
    const NetworkPointer shared = network();
    for (std::uint64_t update = 1; update <= 100; ++update) history.edit("shared", showing(update, shared));
    QCOMPARE(history.step_count(), std::size_t{100});
    std::weak_ptr<const Network> first;
    for (std::uint64_t update = 101; update <= 140; ++update) {
      const NetworkPointer own = network();
      if (update == 101) first = own;
      history.edit("own", showing(update, own));
    }
    QVERIFY(first.expired());
    QVERIFY(history.step_count() >= History::fewest_steps && history.step_count() <= 24);
    QCOMPARE(std::get<ShownRun>(history.present().shown).update, std::uint64_t{140});
    QVERIFY(history.undo() && std::get<ShownRun>(history.present().shown).network);
  }

  void a_run_takes_the_place_of_the_network_it_trains() {
    History history(with_seed(1));
    WorkspaceState view = with_seed(1);
    view.view.pictures.disk = DiskProjection::Kind::native;
    history.edit("disk", view);
    history.edit("seed", with_seed(2));
    history.undo();
    const ShownRun run{"id", 1, {}, {}, 3, {}};
    history.replace_shown(run);
    QVERIFY(history.present().shown == Shown(run) &&
            history.present().view.pictures.disk == DiskProjection::Kind::native);
    history.undo();
    QVERIFY(history.present().shown == Shown(run) &&
            history.present().view.pictures.disk == DiskProjection::Kind::poincare);
    history.redo();
    history.redo();
    QVERIFY(history.present().shown == Shown(ShownModel{}));
  }

  void a_document_knows_what_is_unsaved() {
    WorkspaceDocument document;
    QVERIFY(!document.is_modified());
    QCOMPARE(document.name(), std::string("Untitled"));
    QCOMPARE(std::filesystem::path(document.proposed_file(".pdf")).filename().string(), std::string("network.pdf"));
    document.edit("seed", with_seed(1));
    QVERIFY(document.is_modified());
    document.set_saved("/a/b/mine.dnm.json", {});
    QVERIFY(!document.is_modified());
    QCOMPARE(document.name(), std::string("mine.dnm.json"));
    QCOMPARE(document.proposed_file(".pdf"), std::string("/a/b/mine.pdf"));
    document.note_unsaved();
    QVERIFY(document.is_modified());
    document.forget_changes();
    QVERIFY(!document.is_modified());
  }

  void a_document_notices_what_others_make_of_its_file() {
    using Kind = FileChange::Kind;
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("s.dnm.json").toStdString();
    WorkspaceDocument mine;
    QCOMPARE(mine.change_of_file().kind, Kind::none);  // it has no file
    mine.edit("seed", with_seed(1));
    mine.set_saved(file.string(), write_session(file, mine.session()));
    QCOMPARE(mine.change_of_file().kind, Kind::none);
    // Another one opens it, and saves another state of the same length in the same second.
    WorkspaceDocument other;
    const OpenedFile opened = open_file(file);
    other.reset(*opened.session, file.string(), opened.stamp);
    QCOMPARE(other.change_of_file().kind, Kind::none);
    other.edit("seed", with_seed(2));
    other.set_saved(file.string(), write_session(file, other.session()));
    QCOMPARE(other.change_of_file().kind, Kind::none);
    const FileChange change = mine.change_of_file();
    QCOMPARE(change.kind, Kind::changed);
    QCOMPARE(change.now.size, mine.stamp()->size);
    QVERIFY(std::abs(change.now.seconds - seconds_now()) < 60);
    // The same content again is no change, whenever it was written.
    write_session(file, mine.session());
    std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
    QCOMPARE(mine.change_of_file().kind, Kind::none);
    QCOMPARE(other.change_of_file().kind, Kind::changed);
    std::filesystem::remove(file);
    QCOMPARE(mine.change_of_file().kind, Kind::gone);
    std::filesystem::create_directory(file);
    QCOMPARE(mine.change_of_file().kind, Kind::gone);
  }

  void a_session_keeps_all_of_a_document() {
    WorkspaceDocument document;
    document.edit("seed", with_seed(8));
    document.set_chart({.view = ChartView::comparison, .smoothing = 0.25, .highest_first = true});
    Session session = session_from_json(session_to_json(document.session()));
    session.unknown.top = R"({"key of tomorrow": 3})";

    WorkspaceDocument other;
    other.edit("seed", with_seed(9));
    other.note_unsaved();
    other.reset(session, "/a/b.dnm.json");
    QVERIFY(other.state() == document.state());
    QVERIFY(other.chart() == document.chart());
    QVERIFY(!other.is_modified() && !other.history().can_undo());
    QVERIFY(session_to_json(other.session()).find("key of tomorrow") != std::string::npos);
  }
};

DNM_TEST(TestDocument)
#include "test_document.moc"
