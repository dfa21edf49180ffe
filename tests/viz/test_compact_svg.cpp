// SPDX-License-Identifier: GPL-3.0-or-later
#include <QBuffer>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QSvgGenerator>
#include <QSvgRenderer>
#include <QTest>
#include <cmath>
#include <functional>

#include "tests/support/test_class.h"
#include "viz/figure/compact_svg.h"

using namespace dnm;

namespace {

/// What Qt writes for a page of 200 x 160 points that is painted so.
QByteArray svg_of(const std::function<void(QPainter&)>& paint) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setResolution(2540);
  generator.setSize({7056, 5644});
  generator.setViewBox(QRect(0, 0, 7056, 5644));
  QPainter painter(&generator);
  painter.scale(2540.0 / 72.0, 2540.0 / 72.0);
  paint(painter);
  painter.end();
  return bytes;
}

/// A fan of translucent lines over each other, dashed arcs that cross, and words.
void paint_links(QPainter& painter) {
  QPen pen(QColor(224, 96, 0, 80), 0.5);
  pen.setCapStyle(Qt::FlatCap);
  painter.setPen(pen);
  for (int line = 0; line < 60; ++line) painter.drawLine(QPointF(100.0, 10.3), QPointF(3.1 * line + 4.7, 70.9));
  for (int arc = 0; arc < 40; ++arc) {
    for (int dash = 0; dash < 12; ++dash) {
      QPolygonF points;
      for (int point = 0; point < 4; ++point) {
        const double angle = 0.02 * arc + 0.25 * dash + 0.05 * point;
        points += QPointF(100.0 + (20.0 + arc) * std::cos(angle), 90.0 + 50.0 * std::sin(angle));
      }
      painter.drawPolyline(points);
    }
  }
  painter.setPen(Qt::black);
  painter.drawText(QPointF(10.0, 150.0), "1,534 removed");
}

/// Each line as a path of its own, its points where they are.
QByteArray as_paths(QByteArray svg) {
  const QRegularExpression line("<polyline fill=\"none\" vector-effect=\"none\" points=\"([^\"]*)\" />");
  QString text = QString::fromUtf8(svg);
  for (QRegularExpressionMatch found = line.match(text); found.hasMatch(); found = line.match(text)) {
    const QString path = "M" + found.captured(1).trimmed().replace(" ", " L");
    text.replace(found.capturedStart(), found.capturedLength(), "<path fill=\"none\" d=\"" + path + "\"/>");
  }
  return text.toUtf8();
}

QImage drawn(const QByteArray& svg, double scale) {
  QSvgRenderer renderer(svg);
  if (!renderer.isValid()) return {};
  QImage image((QSizeF(200.0, 160.0) * scale).toSize(), QImage::Format_RGB32);
  image.fill(Qt::white);
  QPainter painter(&image);
  renderer.render(&painter);
  return image;
}

}  // namespace

/// SVG in fewer bytes is the same picture.
class TestCompactSvg : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void it_is_the_same_to_the_pixel() {
    const QByteArray svg = svg_of(paint_links), compact = compact_svg(svg);
    QCOMPARE(svg.count("<polyline"), 60 + 40 * 12);
    QCOMPARE(compact.count("<polyline"), 0);
    // Dashes of an arc are one path; lines that overlap stay apart, since each adds its ink.
    QVERIFY2(compact.count("<path") <= 60 + 2 * 40, qPrintable(QString::number(compact.count("<path"))));
    QVERIFY2(compact.count("<path") >= 60 + 40 * 12 / 24, qPrintable(QString::number(compact.count("<path"))));
    QVERIFY2(2 * compact.size() < svg.size(), qPrintable(QStringLiteral("%1 %2").arg(svg.size()).arg(compact.size())));
    for (const double scale : {1.0, 300.0 / 72.0, 600.0 / 72.0}) {
      const QImage expected = drawn(as_paths(svg), scale);
      QVERIFY(!expected.isNull());
      QVERIFY(drawn(compact, scale) == expected);
    }
    QVERIFY(compact.contains("1,534 removed"));
  }

  void points_are_kept_to_the_last_digit() {
    const QByteArray made = compact_svg(
        "<g stroke-width=\"0.5\"\n>\n<polyline fill=\"none\" vector-effect=\"none\" points=\"259.026,-246.57 "
        "258.5,-246.57 "
        "0.25,0 \" />\n</g>\n");
    QCOMPARE(made, QByteArray("<g stroke-width=\"0.5\"\n>\n<path fill=\"none\" d=\"M259.026-246.57l-.526 0-258.25 "
                              "246.57\"/>\n</g>\n"));
  }

  void what_it_does_not_know_stays() {
    for (const char* line : {"<polyline fill=\"none\" vector-effect=\"none\" points=\"1e-05,2 3,4 \" />\n",
                             "<polyline fill=\"none\" vector-effect=\"none\" points=\"1,2 \" />\n",
                             "<polyline fill=\"none\" vector-effect=\"none\" points=\"1,2 3;4 \" />\n",
                             "<polyline points=\"1,2 3,4 \" />\n", "<text>x</text>"})
      QCOMPARE(compact_svg(line), QByteArray(line));
    QCOMPARE(compact_svg({}), QByteArray());
  }
};

DNM_TEST(TestCompactSvg, dnm::test::Offscreen<QGuiApplication>)
#include "test_compact_svg.moc"
