// SPDX-License-Identifier: GPL-3.0-or-later
#include <QImage>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <cmath>

#include "tests/support/test_class.h"
#include "tests/viz/networks.h"
#include "tests/viz/painted.h"
#include "viz/scenes/chart_scene.h"

using namespace dnm;
using namespace dnm::test;

namespace {

/// A picture of what only charts are made of: bands of error, dashes and small shapes.
Scene build_chart(const SceneInput& /*input*/, const SceneOptions& options, const TaskControl& /*control*/) {
  std::vector<Chart> charts{{"Test accuracy", {}, 0.0, 30.0, true}};
  for (std::size_t group = 0; group < 9; ++group) {
    ChartCurve curve{"group", {}, {}, group_look(group), 2.0};
    for (int epoch = 1; epoch <= 30; ++epoch) {
      const double rise = 0.5 + 0.04 * static_cast<double>(group) - 0.3 / epoch;
      curve.points.push_back({static_cast<double>(epoch), rise, 0.015});
    }
    charts.front().curves.push_back(std::move(curve));
  }
  ChartStyle style;
  style.width = options.width_points;
  style.height = options.height_points;
  return charts_scene(charts, style).scene;
}

SceneInput input_of(const NetworkPointer& network) { return {network, random_embedding(*network)}; }

}  // namespace

class TestScreen : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void screen_and_paper_show_the_same_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("file");
    QTest::addColumn<bool>("dark");
    for (const NetworkScene& kind : network_scene_table()) {
      for (const char* file : {"karate.tsv", "layered_98_196_196_s90.tsv"}) {
        for (const bool dark : {false, true}) {
          QTest::addRow("%s %s %s", kind.id.data(), file, dark ? "dark" : "light") << kind.id.data() << file << dark;
        }
      }
    }
  }
  void screen_and_paper_show_the_same() {
    QFETCH(QString, id);
    QFETCH(QString, file);
    QFETCH(bool, dark);
    NetworkView view(network_scene(id.toStdString()));
    view.resize(640, 480);
    view.show();
    SceneOptions options;
    options.dark = dark;
    view.set_options(options);
    view.set_input(input_of(reference_network(file.toUtf8().constData())));
    QVERIFY(settle(view));
    QVERIFY(available_opengl() != OpenGl::none);
    const QImage screen = screen_of(view);
    const QImage paper = on_paper(*view.scene(), view, screen.size());
    const double difference = block_difference(screen, paper);
    QImage ground(screen.size(), QImage::Format_RGB32);
    ground.fill(paper.pixel(0, 0));
    const double content = block_difference(paper, ground);
    if (difference > same_picture) {
      screen.save(QStringLiteral("screen.png"));
      paper.save(QStringLiteral("paper.png"));
    }
    QVERIFY2(difference < same_picture, qPrintable(QString::number(difference)));
    // The measure can tell: what is drawn differs from nothing by far more (a line of text less).
    const bool is_message = view.scene()->items.size() == 1;
    if (!is_message) QVERIFY2(content > 2.5 * difference + 0.008, qPrintable(QString::number(content)));
  }

  void both_canvases_show_the_same_pixels() {
    if (available_opengl() == OpenGl::none) QSKIP("needs OpenGL");
    for (const NetworkScene& kind : network_scene_table()) {
      QImage painted[2];
      for (const OpenGl opengl : {OpenGl::software, OpenGl::hardware}) {
        NetworkView view(kind, opengl);
        view.resize(640, 480);
        view.show();
        view.set_input(input_of(reference_network("layered_98_196_196_s90.tsv")));
        QVERIFY(settle(view));
        QCOMPARE(view.findChild<QOpenGLWidget*>() != nullptr, opengl == OpenGl::hardware);
        view.zoom_about({320.0, 240.0}, 1.7);
        QVERIFY(settle(view));
        painted[opengl == OpenGl::hardware ? 1 : 0] = screen_of(view).convertToFormat(QImage::Format_RGB32);
      }
      QVERIFY2(painted[0] == painted[1], kind.id.data());
    }
  }

  void bands_and_shapes_are_the_same_on_screen_and_paper() {
    const NetworkScene kind{.id = "chart", .title = "Chart", .meaning = "", .build = build_chart};
    NetworkView view(kind);
    view.resize(640, 480);
    view.show();
    view.set_input(input_of(reference_network("karate.tsv")));
    QVERIFY(settle(view));
    QVERIFY(!items_of<Bands>(*view.scene()).empty());
    const QImage screen = screen_of(view);
    const QImage paper = on_paper(*view.scene(), view, screen.size());
    Scene bare = *view.scene();
    std::erase_if(bare.items, [](const SceneItem& item) { return std::holds_alternative<Bands>(item); });
    const double difference = block_difference(screen, paper);
    const double bands = block_difference(paper, on_paper(bare, view, screen.size()));
    QVERIFY2(difference < 0.25 * bands && difference < same_picture,
             qPrintable(QStringLiteral("%1, bands %2").arg(difference).arg(bands)));
  }

  void another_network_is_another_picture() {
    NetworkView view(network_scene("layers"));
    view.resize(640, 480);
    view.show();
    view.set_input(input_of(random_network({40, 40}, 300, 1)));
    QVERIFY(settle(view));
    const QImage first = screen_of(view);
    view.set_input(input_of(random_network({40, 40}, 300, 2)));
    QVERIFY(settle(view));
    const double difference = block_difference(first, screen_of(view));
    QVERIFY2(difference > 1.5 * same_picture, qPrintable(QString::number(difference)));
  }

  void newest_input_wins() {
    NetworkView view(network_scene("layers"));
    view.resize(640, 480);
    view.show();
    QSignalSpy painted(&view, &NetworkView::painted);
    NetworkPointer network;
    for (std::uint64_t links = 100; links < 150; ++links) {
      network = random_network({60, 60}, links);
      view.set_input(input_of(network), links < 149);
    }
    QVERIFY(!view.is_current());
    QVERIFY(settle(view));
    QCOMPARE(view.input().network, network);
    QCOMPARE(items_of<Lines>(*view.scene())[0]->starts.size(), std::size_t{149});
    QVERIFY(painted.count() >= 1);
  }

  void drafts_have_fewer_links_and_say_so() {
    NetworkView view(network_scene("layers"));
    view.resize(640, 480);
    view.show();
    const auto input = input_of(reference_network("layered_98_196_196_s90.tsv"));
    view.set_input(input, true);
    QVERIFY(settle(view));
    QCOMPARE(view.scene()->note, std::string("2,500 of 5,763 links drawn"));
    view.set_input(input, false);
    QVERIFY(settle(view));
    QVERIFY(view.scene()->note.empty());
  }

  void wheel_zooms_about_the_pointer_down_to_single_links() {
    NetworkView view(network_scene("matrix"));
    view.resize(640, 480);
    view.show();
    view.set_input(input_of(random_network({1500, 1200}, 20000)));
    QVERIFY(settle(view));
    QVERIFY(!items_of<Image>(*view.scene()).empty());
    QVERIFY(items_of<Cells>(*view.scene()).empty());

    // The cell under the pointer stays there while zooming.
    const QPoint pointer(380, 150);
    QSignalSpy hovered(&view, &NetworkView::hovered);
    for (int turn = 0; turn < 20; ++turn) {
      QWheelEvent wheel(QPointF(pointer), view.mapToGlobal(QPointF(pointer)), {}, {0, 120}, Qt::NoButton,
                        Qt::NoModifier, Qt::NoScrollPhase, false);
      QCoreApplication::sendEvent(&view, &wheel);
    }
    QVERIFY(settle(view));
    QVERIFY(view.zoom() > 20.0);
    QVERIFY(!items_of<Cells>(*view.scene()).empty());
    QVERIFY(items_of<Image>(*view.scene()).empty());

    QTest::mouseMove(&view, pointer);
    QTRY_VERIFY_WITH_TIMEOUT(hovered.count() > 0, patience);
    const QString zoomed = hovered.last().at(0).toString();
    QVERIFY2(zoomed.startsWith("input ") && zoomed.contains("layer 1 neuron "), qPrintable(zoomed));

    QTest::mouseDClick(&view, Qt::LeftButton, Qt::NoModifier, pointer);
    QVERIFY(settle(view));
    QCOMPARE(view.zoom(), 1.0);
    QVERIFY(items_of<Cells>(*view.scene()).empty());
    // A pixel holds several cells here: the same one within a few.
    QTest::mouseMove(&view, pointer + QPoint(1, 0));
    QTest::mouseMove(&view, pointer);
    QTest::qWait(200);
    const auto number = [](const QString& words) { return words.section(' ', 1, 1).toInt(); };
    QVERIFY(std::abs(number(hovered.last().at(0).toString()) - number(zoomed)) < 12);
  }

  void layers_are_zoomed_along_their_neurons_alone_data() {
    QTest::addColumn<bool>("rows");
    QTest::addColumn<int>("links");
    for (const bool rows : {true, false}) {
      QTest::addRow("%s lines", rows ? "rows" : "columns") << rows << 3000;
      QTest::addRow("%s density", rows ? "rows" : "columns") << rows << 30000;
    }
  }
  void layers_are_zoomed_along_their_neurons_alone() {
    QFETCH(bool, rows);
    QFETCH(int, links);
    NetworkView view(network_scene("layers"));
    view.resize(640, 480);
    view.show();
    SceneOptions options;
    options.orientation = rows ? Orientation::rows : Orientation::columns;
    view.set_options(options);
    view.set_input(input_of(random_network({300, 400}, static_cast<std::uint64_t>(links))));
    QVERIFY(settle(view));
    const PageTransform before = view.marks().seen();
    const QPoint pointer(330, 200);
    for (int turn = 0; turn < 10; ++turn) {
      QWheelEvent wheel(QPointF(pointer), view.mapToGlobal(QPointF(pointer)), {}, {0, 120}, Qt::NoButton,
                        Qt::NoModifier, Qt::NoScrollPhase, false);
      QCoreApplication::sendEvent(&view, &wheel);
    }
    QVERIFY(settle(view));
    const PageTransform after = view.marks().seen();
    QVERIFY(view.zoom() > 6.0);
    QVERIFY(std::abs(after.scale_x / before.scale_x - (rows ? view.zoom() : 1.0)) < 1e-9);
    QVERIFY(std::abs(after.scale_y / before.scale_y - (rows ? 1.0 : view.zoom())) < 1e-9);
    // What the screen shows is what paper would.
    const QImage screen = screen_of(view);
    const double scale = view.logicalDpiX() / 72.0 * view.devicePixelRatioF();
    QImage paper(screen.size(), QImage::Format_RGB32);
    paper.fill(Qt::white);
    QPainter painter(&paper);
    painter.scale(scale, scale);
    paint_scene(painter, *view.scene(), QRectF(0.0, 0.0, screen.width() / scale, screen.height() / scale), after,
                PaperStyle::raster());
    painter.end();
    const double difference = block_difference(screen, paper);
    if (difference > same_picture) {
      screen.save(QStringLiteral("screen.png"));
      paper.save(QStringLiteral("paper.png"));
    }
    QVERIFY2(difference < same_picture, qPrintable(QString::number(difference)));
    // The neuron under the pointer is found there.
    QSignalSpy hovered(&view, &NetworkView::hovered);
    const NodeIndex neuron = rows ? 150 : 200;
    const Point place =
        after.to_page(rows ? Point{(neuron + 0.5) / 300.0, 0.0} : Point{1.0, 1.0 - (neuron + 0.5) / 400.0});
    const double unit = screen.width() / scale / view.width();
    const QPoint there(static_cast<int>(place.x / unit), static_cast<int>(view.height() - place.y / unit));
    if (!view.rect().contains(there)) return;
    QTest::mouseMove(&view, there);
    QTRY_VERIFY_WITH_TIMEOUT(hovered.count() > 0, patience);
    const QString words = hovered.last().at(0).toString();
    QVERIFY2(words.contains(QString::number(neuron)), qPrintable(words));
    QTest::mouseDClick(&view, Qt::LeftButton, Qt::NoModifier, pointer);
    QVERIFY(settle(view));
    QCOMPARE(view.zoom(), 1.0);
  }

  void a_zoom_goes_to_the_axis_of_the_picture_that_comes() {
    NetworkView view(network_scene("layers"));
    view.resize(640, 480);
    view.show();
    view.set_input(input_of(random_network({300, 400}, 3000)));
    QVERIFY(settle(view));
    view.zoom_about({320.0, 240.0}, 5.0);
    QVERIFY(settle(view));
    SceneOptions options = view.options();
    options.orientation = Orientation::columns;
    view.set_options(options);
    QVERIFY(settle(view));
    const PageTransform whole =
        page_transform(*view.scene(), screen_of(view).width() * 72.0 / view.logicalDpiX() / view.devicePixelRatioF(),
                       screen_of(view).height() * 72.0 / view.logicalDpiX() / view.devicePixelRatioF());
    QVERIFY(std::abs(view.marks().seen().scale_x - whole.scale_x) < 1e-6 * whole.scale_x);
    QVERIFY(std::abs(view.marks().seen().scale_y - 5.0 * whole.scale_y) < 1e-6 * whole.scale_y);
  }

  void a_drag_turns_a_stack_and_moves_it_once_it_is_zoomed() {
    NetworkView view(network_scene("stack"));
    view.resize(640, 480);
    view.show();
    view.set_input(input_of(random_network({40, 60, 50}, 300)));
    QVERIFY(settle(view));
    QSignalSpy turned(&view, &NetworkView::turned);
    const auto drag = [&] {
      QTest::mousePress(&view, Qt::LeftButton, Qt::NoModifier, {300, 200});
      QMouseEvent move(QEvent::MouseMove, QPointF(364, 230), view.mapToGlobal(QPointF(364, 230)), Qt::NoButton,
                       Qt::LeftButton, Qt::NoModifier);
      QCoreApplication::sendEvent(&view, &move);
      QTest::mouseRelease(&view, Qt::LeftButton, Qt::NoModifier, {364, 230});
    };
    drag();
    QCOMPARE(turned.count(), 1);
    QCOMPARE(turned.last().at(0).toDouble(), 18.0);  // a tenth of the width, half a turn for all of it
    QTest::keyClick(&view, Qt::Key_Right);
    QCOMPARE(turned.count(), 2);
    view.zoom_about({320.0, 240.0}, 3.0);
    QVERIFY(settle(view));
    const PageTransform before = view.marks().seen();
    drag();
    QCOMPARE(turned.count(), 2);
    QVERIFY(view.marks().seen().shift_x > before.shift_x);
  }

  void what_lies_under_a_pointer_that_rests_is_of_the_network_shown() {
    NetworkView view(network_scene("matrix"));
    view.resize(640, 480);
    view.show();
    const QPoint pointer(320, 240);
    QSignalSpy hovered(&view, &NetworkView::hovered);
    const auto words = [&] { return hovered.last().at(0).toString(); };
    view.set_input(input_of(random_network({20, 20}, 400)));
    QVERIFY(settle(view));
    QTest::mouseMove(&view, pointer);
    QTRY_VERIFY_WITH_TIMEOUT(hovered.count() > 0 && !words().isEmpty(), patience);
    const QString before = words();
    view.set_input(input_of(random_network({60, 60}, 3600)));
    QVERIFY(settle(view));
    QTRY_VERIFY_WITH_TIMEOUT(words() != before && !words().isEmpty(), patience);
    const QString rested = words();
    // The same as for somebody who comes anew.
    QTest::mouseMove(&view, QPoint(1, 1));
    QTRY_VERIFY_WITH_TIMEOUT(words() != rested, patience);
    QTest::mouseMove(&view, pointer);
    QTRY_COMPARE_WITH_TIMEOUT(words(), rested, patience);
  }

  void dragging_pans() {
    NetworkView view(network_scene("matrix"));
    view.resize(640, 480);
    view.show();
    view.set_input(input_of(random_network({40, 40}, 500)));
    QVERIFY(settle(view));
    view.zoom_about({320.0, 240.0}, 3.0);
    QVERIFY(settle(view));
    const QImage before = screen_of(view);
    QTest::mousePress(&view, Qt::LeftButton, Qt::NoModifier, {300, 200});
    QMouseEvent move(QEvent::MouseMove, QPointF(340, 240), view.mapToGlobal(QPointF(340, 240)), Qt::NoButton,
                     Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&view, &move);
    QTest::mouseRelease(&view, Qt::LeftButton, Qt::NoModifier, {340, 240});
    QVERIFY(settle(view));
    const QImage after = screen_of(view);
    // What was at (x, y) is now at (x + 40, y + 40), in a part where no numbers stand.
    const double ratio = view.devicePixelRatioF();
    const int shift = static_cast<int>(40 * ratio);
    const QRect part(static_cast<int>(120 * ratio), static_cast<int>(80 * ratio), static_cast<int>(320 * ratio),
                     static_cast<int>(240 * ratio));
    QVERIFY(block_difference(before.copy(part), after.copy(part.translated(shift, shift))) < same_picture);
    const double unmoved = block_difference(before.copy(part), after.copy(part));
    QVERIFY2(unmoved > 1.5 * same_picture, qPrintable(QString::number(unmoved)));
  }

  void views_live_in_other_windows_too_data() {
    QTest::addColumn<OpenGl>("opengl");
    QTest::addRow("off screen") << OpenGl::software;
    QTest::addRow("in a widget of OpenGL") << OpenGl::hardware;
  }
  void views_live_in_other_windows_too() {
    QFETCH(OpenGl, opengl);
    if (available_opengl() == OpenGl::none) QSKIP("needs OpenGL");
    NetworkView view(network_scene("disk"), opengl);
    view.resize(500, 500);
    view.show();
    view.set_input(input_of(reference_network("karate.tsv")));
    QVERIFY(settle(view));
    // As when a dock is floated and docked again: another window, another OpenGL context.
    QWidget window;
    QVBoxLayout layout(&window);
    layout.setContentsMargins(0, 0, 0, 0);
    layout.addWidget(&view);
    window.resize(500, 500);
    window.show();
    view.show();
    QVERIFY(settle(view));
    const QImage screen = screen_of(view);
    QVERIFY(block_difference(screen, on_paper(*view.scene(), view, screen.size())) < same_picture);
    view.setParent(nullptr);
    view.show();
    QVERIFY(settle(view));
    QVERIFY(block_difference(screen_of(view), screen) < same_picture);
  }

  void several_views_share_a_window_and_end_in_any_order_data() { views_live_in_other_windows_too_data(); }
  void several_views_share_a_window_and_end_in_any_order() {
    QFETCH(OpenGl, opengl);
    if (available_opengl() == OpenGl::none) QSKIP("needs OpenGL");
    auto window = std::make_unique<QWidget>();
    auto* layout = new QHBoxLayout(window.get());
    std::vector<NetworkView*> views;
    for (const NetworkScene& kind : network_scene_table()) {
      views.push_back(new NetworkView(kind, opengl));
      layout->addWidget(views.back());
    }
    window->resize(1200, 400);
    window->show();
    const auto input = input_of(reference_network("layered_98_196_196_s90.tsv"));
    for (NetworkView* view : views) view->set_input(input);
    for (NetworkView* view : views) QVERIFY(settle(*view));
    for (NetworkView* view : views) {
      const QImage screen = screen_of(*view);
      QVERIFY(block_difference(screen, on_paper(*view->scene(), *view, screen.size())) < same_picture);
      QVERIFY(!view->accessibleName().isEmpty());
    }
    delete views[1];
    views[0]->set_input(input_of(reference_network("karate.tsv")));
    QVERIFY(settle(*views[0]));
    // While a large scene is on its way.
    views[0]->set_input(input_of(random_network({3000, 3000}, 500000)));
    window.reset();
  }

  void hidden_views_are_ready_when_shown() {
    NetworkView view(network_scene("layers"));
    view.resize(640, 480);
    view.set_input(input_of(reference_network("layered_98_196_196_s90.tsv")));
    QVERIFY(QTest::qWaitFor([&] { return view.is_current(); }, patience));
    QVERIFY(view.scene() != nullptr);
    view.show();
    QVERIFY(settle(view));
    const QImage screen = screen_of(view);
    QVERIFY(block_difference(screen, on_paper(*view.scene(), view, screen.size())) < same_picture);
  }
};

DNM_TEST(TestScreen, QApplication)
#include "test_screen.moc"
