// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QImage>
#include <QPageLayout>
#include <QPageSize>
#include <QProcess>
#include <QRectF>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <memory>

#include <QtPrintSupport/QPrintDialog>
#include <QtPrintSupport/QPrinter>

#include "driver.h"
#include "tests/support/test_class.h"
#include "viz/figure/figure_writer.h"

using namespace dnm;
using namespace dnm::studio_test;

/// The figure of the window on a sheet of paper.
class TestPrinting : public QObject {
  Q_OBJECT

  /// Where there is ink on a page at so many dots per inch.
  static QRectF inked(const QString& pdf, int dpi, const QString& folder) {
    QProcess process;
    process.start("pdftoppm", {"-r", QString::number(dpi), "-png", "-singlefile", pdf, folder + "/page"});
    if (!process.waitForFinished(60000) || process.exitCode() != 0) return {};
    const QImage page = QImage(folder + "/page.png").convertToFormat(QImage::Format_Grayscale8);
    QRect found;
    for (int y = 0; y < page.height(); ++y)
      for (int x = 0; x < page.width(); ++x)
        if (qGray(page.pixel(x, y)) < 200) found |= QRect(x, y, 1, 1);
    const double points = 72.0 / dpi;
    return {found.x() * points, found.y() * points, found.width() * points, found.height() * points};
  }

 private Q_SLOTS:
  void a_figure_has_its_true_size_where_it_fits() {
    const QRectF small = place_on_sheet({300.0, 200.0}, {500.0, 700.0});
    QCOMPARE(small, QRectF(100.0, 0.0, 300.0, 200.0));
    const QRectF wide = place_on_sheet({1000.0, 200.0}, {500.0, 700.0});
    QCOMPARE(wide, QRectF(0.0, 0.0, 500.0, 100.0));
    const QRectF high = place_on_sheet({400.0, 1400.0}, {500.0, 700.0});
    QCOMPARE(high, QRectF(150.0, 0.0, 200.0, 700.0));
  }

  void the_page_of_the_export_is_printed() {
    if (QStandardPaths::findExecutable("pdftoppm").isEmpty()) QSKIP("there is no pdftoppm to look at the page with");
    const auto window = make_window();
    QVERIFY(wait_until_fresh(*window));
    const QTemporaryDir folder;
    ExportSettings settings;
    settings.path = folder.filePath("figure.pdf");
    settings.panel = "matrix";
    settings.page.width = "120mm";
    window->files().export_figure(settings);
    QTRY_VERIFY_WITH_TIMEOUT(!window->files().is_busy() && QFile::exists(settings.path), 30000);
    const QRectF figure = inked(settings.path, 150, folder.path());
    QVERIFY(figure.width() > 200.0);

    const auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    printer->setOutputFormat(QPrinter::PdfFormat);
    printer->setOutputFileName(folder.filePath("printed.pdf"));
    printer->setPageSize(QPageSize(QPageSize::A4));
    printer->setPageMargins(QMarginsF(20.0, 15.0, 20.0, 15.0), QPageLayout::Millimeter);
    window->files().print(printer);
    QTRY_VERIFY_WITH_TIMEOUT(!window->files().is_busy(), 30000);
    QVERIFY2(window->messages().history().last().contains("printed.pdf"),
             qPrintable(window->messages().history().last()));
    const QRectF printed = inked(printer->outputFileName(), 150, folder.path());
    // The same picture in the same size, in the middle below the upper margin.
    const double millimetre = 72.0 / 25.4;
    QVERIFY2(std::abs(printed.width() - figure.width()) < 1.5 && std::abs(printed.height() - figure.height()) < 1.5,
             qPrintable(QString("%1 x %2").arg(printed.width()).arg(printed.height())));
    QVERIFY(std::abs(printed.x() - (45.0 * millimetre + figure.x())) < 1.5);
    QVERIFY(std::abs(printed.y() - (15.0 * millimetre + figure.y())) < 1.5);

    printer->setOutputFileName(folder.filePath("small.pdf"));
    printer->setPageSize(QPageSize(QPageSize::A6));
    window->files().print(printer);
    QTRY_VERIFY_WITH_TIMEOUT(!window->files().is_busy(), 30000);
    QVERIFY2(window->messages().history().last().contains("of its size"),
             qPrintable(window->messages().history().last()));
  }

  void it_is_asked_for_in_the_file_menu() {
    const auto window = make_window();
    QVERIFY(wait_until_fresh(*window));
    window->findChild<QAction*>("file-print")->trigger();
    QPrintDialog* dialog = nullptr;
    QTRY_VERIFY((dialog = window->findChild<QPrintDialog*>("print-dialog")) && dialog->isVisible());
    dialog->reject();
    QTRY_VERIFY(!window->findChild<QPrintDialog*>("print-dialog"));
    QVERIFY(!window->files().is_busy());
  }
};

DNM_TEST(TestPrinting, TimedApplication)
#include "test_printing.moc"
