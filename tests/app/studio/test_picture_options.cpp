// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QDoubleSpinBox>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "app/studio/parameters/parameter_row.h"
#include "app/studio/widgets/text.h"
#include "driver.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// The options of the pictures, chosen in the window's menus.
class TestPictureOptions : public QObject {
  Q_OBJECT

  std::unique_ptr<Window> window_;

  [[nodiscard]] std::vector<ScenePointer> scenes() const {
    std::vector<ScenePointer> shown;
    for (ViewPane* pane : window_->views().panes()) shown.push_back(pane->view().scene());
    return shown;
  }

  void check_redrawn(std::string_view option, const std::vector<ScenePointer>& before) {
    QVERIFY(wait_until_fresh(*window_));
    const std::vector<ScenePointer> after = scenes();
    for (std::size_t pane = 0; pane < after.size(); ++pane) {
      const NetworkScene& scene = network_scene_table()[pane];
      const bool follows = std::ranges::find(scene.options, option) != scene.options.end();
      const bool is_seen = window_->views().panes()[pane]->isVisible();
      QVERIFY2((after[pane] != before[pane]) == (follows && is_seen),
               qPrintable(to_qt(option) + ": " + to_qt(scene.title)));
    }
  }

 private Q_SLOTS:
  void init() {
    renew(window_);
    QVERIFY(wait_until_fresh(*window_));
  }
  void cleanupTestCase() { window_.reset(); }

  void every_choice_redraws_the_pictures_that_follow_it_and_no_other_data() {
    QTest::addColumn<QByteArray>("option");
    for (const Parameter<PictureOptions>& row : picture_option_table()) {
      const QByteArray id(row.info.id.data());
      QTest::addRow("%s", id.constData()) << id;
    }
  }
  void every_choice_redraws_the_pictures_that_follow_it_and_no_other() {
    QFETCH(QByteArray, option);
    const Parameter<PictureOptions>& row = picture_option_table().at(option.toStdString());
    // What it belongs to is chosen before, and numbers come from a slider's row.
    if (const AppliesWhen& applies = row.info.applies; !applies.row.empty()) {
      window_->findChild<QAction*>(to_qt(applies.row) + "-" + to_qt(applies.values))->trigger();
      QVERIFY(wait_until_fresh(*window_));
    }
    if (row.info.choices.empty()) {
      const auto rows = window_->findChildren<ParameterRow*>("picture-" + to_qt(row.info.id));
      QVERIFY(rows.size() >= 2);  // of the View menu and of each picture that follows it
      const double wanted = row.info.range.minimum + 0.4 * (row.info.range.maximum - row.info.range.minimum);
      const std::vector<ScenePointer> before = scenes();
      auto* box = rows.front()->findChild<QDoubleSpinBox*>();
      QVERIFY(box);
      box->setValue(wanted);
      const double value = box->value();  // rounded to its decimals
      QVERIFY(std::abs(value - wanted) <= row.info.range.step);
      QVERIFY(row.get(window_->document().state().view.pictures) == ParameterValue(value));
      for (const ParameterRow* other : rows) QVERIFY(other->value() == ParameterValue(value));
      check_redrawn(row.info.id, before);
      return;
    }
    int chosen = 0;
    for (const Choice& choice : row.info.choices) {
      const ParameterValue value = std::string(choice.id);
      if (row.get(window_->document().state().view.pictures) == value) continue;
      ++chosen;
      const std::vector<ScenePointer> before = scenes();
      const QString name = to_qt(row.info.id) + "-" + to_qt(choice.id);
      auto* action = window_->findChild<QAction*>(name);
      QVERIFY2(action, qPrintable(name));
      action->trigger();
      QVERIFY(row.get(window_->document().state().view.pictures) == value);
      check_redrawn(row.info.id, before);
    }
    QVERIFY(chosen > 0);
  }
};

DNM_TEST(TestPictureOptions, TimedApplication)
#include "test_picture_options.moc"
