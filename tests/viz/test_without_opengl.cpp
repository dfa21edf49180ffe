// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QImage>
#include <QTest>
#include <set>

#include "tests/support/test_class.h"
#include "tests/viz/networks.h"
#include "viz/screen/network_view.h"

using namespace dnm;
using namespace dnm::test;

class TestWithoutOpenGl : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void pictures_are_painted_all_the_same() {
    for (const NetworkScene& kind : network_scene_table()) {
      const auto network = reference_network("layered_98_196_196_s90.tsv");
      NetworkView view(kind);
      view.resize(500, 400);
      view.show();
      view.set_input({network, random_embedding(*network)});
      QVERIFY(QTest::qWaitFor([&] { return view.is_current(); }, 20000));
      const QImage image = view.grab().toImage();
      std::set<QRgb> colors;
      for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) colors.insert(image.pixel(x, y));
      }
      QVERIFY2(colors.size() > 30, kind.id.data());
      // Of those that draw links one by one.
      if (kind.id == "layers" || kind.id == "disk") {
        QCOMPARE(view.scene()->note, std::string("3,000 of 5,763 links drawn"));
      }
    }
  }
};

DNM_TEST(TestWithoutOpenGl, dnm::test::Offscreen<QApplication>)
#include "test_without_opengl.moc"
