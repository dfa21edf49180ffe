// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <memory>

#include "app/studio/document/document.h"
#include "app/studio/parameters/parameter_row.h"
#include "app/studio/widgets/text.h"
#include "core/parameters/parameter_table.h"
#include "tests/support/test_class.h"
#include "training/runs/training_parameters.h"

using namespace dnm;

/// Rows made from the real parameter table, driven through their own widgets.
class TestRows : public QObject {
  Q_OBJECT

 private:
  static std::unique_ptr<ParameterRow> make(std::string_view id) {
    const auto& parameter = model_parameter_table().at(id);
    std::unique_ptr<ParameterRow> row(ParameterRow::create(parameter.info, parameter.get(ModelParameters{}), nullptr));
    row->show();
    return row;
  }
  template <class Kind>
  static Kind* part(const ParameterRow& row, const QString& suffix) {
    return row.findChild<Kind*>(row.objectName() + suffix);
  }

 private Q_SLOTS:
  void every_parameter_gets_a_row_that_shows_its_value() {
    for (const auto& parameter : model_parameter_table()) {
      const auto row = make(parameter.info.id);
      QCOMPARE(row->objectName().toStdString(), std::string(parameter.info.id));
      QVERIFY(row->value() == parameter.get(ModelParameters{}));
      QVERIFY(row->toolTip().contains(
          QString::fromUtf8(parameter.info.label.data(), qsizetype(parameter.info.label.size()))));
      QVERIFY(!row->accessibleName().isEmpty());
      QVERIFY(!part<QToolButton>(*row, "-reset")->isVisible());
    }
    for (const auto& parameter : training_parameter_table()) {
      std::unique_ptr<ParameterRow> row(
          ParameterRow::create(parameter.info, parameter.get(TrainingSettings{}), nullptr));
      QVERIFY(row->value() == parameter.get(TrainingSettings{}));
    }
  }

  void the_symbol_keeps_to_the_colours_of_the_window() {
    const auto row = make("sparsity");
    QPalette dark = row->palette();
    dark.setColor(QPalette::PlaceholderText, QColor("#abcdef"));
    row->setPalette(dark);  // as when the desktop turns dark
    const QList<QLabel*> labels = row->findChildren<QLabel*>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) { return label->text().contains("#abcdef"); }));
  }

  void slider_and_spin_box_follow_each_other() {
    const auto row = make("sparsity");
    auto* slider = part<QSlider>(*row, "-slider");
    auto* box = part<QDoubleSpinBox>(*row, "-spin");
    QSignalSpy edited(row.get(), &ParameterRow::edited);
    box->setValue(0.5);
    QCOMPARE(std::get<double>(row->value()), 0.5);
    QCOMPARE(edited.size(), 1);
    QCOMPARE(edited.back().front().toBool(), false);
    // Half of what is there is log10(2) of four decades.
    QCOMPARE(slider->value(), qRound(std::log10(2.0) / 4.0 * slider->maximum()));

    slider->setSliderDown(true);
    slider->setValue(slider->maximum());
    QCOMPARE(edited.back().front().toBool(), true);
    QCOMPARE(std::get<double>(row->value()), 0.9999);
    QCOMPARE(box->value(), 0.9999);
    QSignalSpy finished(row.get(), &ParameterRow::drag_finished);
    slider->setSliderDown(false);
    QCOMPARE(finished.size(), 1);
  }

  void what_the_program_sets_is_not_reported_as_an_edit() {
    for (const char* id : {"sparsity", "degree", "layers", "border", "seed"}) {
      const auto row = make(id);
      QSignalSpy edited(row.get(), &ParameterRow::edited);
      ModelParameters other;
      other.shared.sparsity = 0.3;
      other.shared.degree = {Family::gaussian, 0.0, 1.5};
      other.layer_sizes = {5, 6};
      other.shared.border = Border::bounded;
      other.seed = 9;
      row->set_value(model_parameter_table().at(id).get(other));
      QVERIFY(row->value() == model_parameter_table().at(id).get(other));
      QCOMPARE(edited.size(), 0);
      QVERIFY(part<QToolButton>(*row, "-reset")->isVisible());
    }
  }

  void a_family_brings_its_own_sub_rows() {
    const auto row = make("dendrites");
    auto* family = part<QComboBox>(*row, "-family");
    auto* spread = part<QDoubleSpinBox>(*row, "-spread-spin");
    auto* mean = part<QDoubleSpinBox>(*row, "-mean-spin");
    auto* use_default = part<QToolButton>(*row, "-spread-default");
    QVERIFY(mean->isVisible());
    QVERIFY(!spread->isVisible());
    const auto choose = [&](const char* id) {
      family->setCurrentIndex(family->findData(id));
      Q_EMIT family->activated(family->currentIndex());
    };
    choose("gaussian");
    QVERIFY(spread->isVisible());
    QVERIFY(use_default->isChecked());
    QCOMPARE(spread->value(), 0.75);  // a quarter of the mean 3
    mean->setValue(8.0);
    QCOMPARE(spread->value(), 2.0);  // the default moves with the mean
    QVERIFY(!std::get<Distribution>(row->value()).spread);
    spread->setValue(1.25);
    QVERIFY(!use_default->isChecked());
    QCOMPARE(*std::get<Distribution>(row->value()).spread, 1.25);
    use_default->click();
    QVERIFY(!std::get<Distribution>(row->value()).spread);
    QCOMPARE(spread->value(), 2.0);
    spread->setValue(1.25);
    choose("spatial-gaussian");
    QVERIFY(!std::get<Distribution>(row->value()).spread);  // another family, another unit
    QCOMPARE(std::get<Distribution>(row->value()).mean, 8.0);
    choose("fixed");
    QVERIFY(!spread->isVisible());
    QVERIFY(part<QDoubleSpinBox>(*make("degree"), "-mean-spin") == nullptr);
  }

  void a_list_is_checked_by_the_parameter_itself() {
    const auto row = make("layers");
    auto* line = part<QLineEdit>(*row, "-text");
    QSignalSpy edited(row.get(), &ParameterRow::edited);
    QSignalSpy rejected(row.get(), &ParameterRow::rejected);
    line->setText("784,x");
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(rejected.size(), 1);
    QVERIFY(rejected.front().front().toString().size() > 10);
    QCOMPARE(edited.size(), 0);
    line->setText("784,100");
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(edited.size(), 1);
    QVERIFY(row->value() == ParameterValue(std::vector<std::int64_t>{784, 100}));
  }

  void a_path_is_typed_or_chosen_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("folder");
    QTest::newRow("data folder") << "data-dir" << true;
    QTest::newRow("run folder") << "run-dir" << true;
    QTest::newRow("data file") << "data-file" << false;
  }
  void a_path_is_typed_or_chosen() {
    QFETCH(QString, id);
    QFETCH(bool, folder);
    QTemporaryDir place;
    const QString chosen = place.filePath(folder ? "sets" : "flowers.csv");
    if (folder) {
      QVERIFY(QDir().mkpath(chosen));
    } else {
      QFile file(chosen);
      QVERIFY(file.open(QIODevice::WriteOnly));
    }
    const auto& parameter = training_parameter_table().at(id.toStdString());
    std::unique_ptr<ParameterRow> row(ParameterRow::create(parameter.info, std::string(), nullptr));
    row->show();
    QSignalSpy edited(row.get(), &ParameterRow::edited);
    part<QToolButton>(*row, "-browse")->click();
    auto* dialog = part<QFileDialog>(*row, "-dialog");
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(dialog->fileMode() == QFileDialog::Directory, folder);
    dialog->setDirectory(place.path());
    dialog->selectFile(chosen);
    QMetaObject::invokeMethod(dialog, "accept");
    QTRY_COMPARE(edited.size(), 1);
    QCOMPARE(QString::fromStdString(std::get<std::string>(row->value())), chosen);
    auto* line = part<QLineEdit>(*row, "-text");
    QCOMPARE(line->text(), chosen);
    // Typed, with the home folder as shells write it.
    const QByteArray home = qgetenv("HOME");
    qputenv("HOME", "/home/somebody");
    line->selectAll();
    QTest::keyClicks(line, "~/sets");
    QTest::keyClick(line, Qt::Key_Return);
    qputenv("HOME", home);
    QCOMPARE(std::get<std::string>(row->value()), std::string("/home/somebody/sets"));
    QCOMPARE(edited.size(), 2);
  }

  void numbers_are_shown_short_and_with_a_dot() {
    const QLocale before;
    QLocale::setDefault(QLocale(QLocale::German));
    const auto row = make("sparsity");
    row->set_value(0.95);
    QCOMPARE(part<QDoubleSpinBox>(*row, "-spin")->text(), "0.95");
    const auto seed = make("seed");
    seed->set_value(std::int64_t{123456789012});
    QCOMPARE(part<QDoubleSpinBox>(*seed, "-spin")->text(), "123456789012");
    QLocale::setDefault(before);
  }
};

DNM_TEST(TestRows, dnm::test::Offscreen<QApplication>)
#include "test_rows.moc"
