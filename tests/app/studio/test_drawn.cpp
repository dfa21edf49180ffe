// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QImage>
#include <QLineEdit>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "app/studio/parameters/histogram_view.h"
#include "core/files/network_files.h"
#include "driver.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

namespace {

constexpr const char* views[] = {"degree-drawn", "dendrites-drawn", "receptive-field-drawn", "synapses-drawn"};

std::vector<double> degrees_of(const Network& network, const std::vector<std::size_t>& layers) {
  std::vector<double> degrees;
  for (const std::size_t layer : layers)
    for (NodeIndex output = 0; output < network.masks()[layer].n_out; ++output)
      degrees.push_back(static_cast<double>(network.masks()[layer].row(output).size()));
  return degrees;
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

/// The histograms at the distributions of the Model panel: of the network that is on screen, and of none else.
class TestDrawn : public QObject {
  Q_OBJECT

  std::unique_ptr<Window> window_;

  [[nodiscard]] HistogramView& view(const char* name) { return *find<HistogramView>(*window_, name); }
  [[nodiscard]] QComboBox& combo(const char* name) { return *find<QComboBox>(*window_, name); }
  /// Waits until the histogram of the degrees is that of these layers of the network on screen.
  [[nodiscard]] bool shows_degrees_of(const std::vector<std::size_t>& layers) {
    return QTest::qWaitFor(
        [&] {
          const NetworkPointer network = window_->live().current_network();
          const auto& shown = view("degree-drawn").histogram();
          if (!network || !shown) return false;
          const std::vector<double> degrees = degrees_of(*network, layers);
          return shown->count == degrees.size() && std::abs(shown->mean - mean_of(degrees)) < 1e-9 &&
                 shown->minimum == std::ranges::min(degrees) && shown->maximum == std::ranges::max(degrees);
        },
        20000);
  }
  [[nodiscard]] int shown_count() {
    return static_cast<int>(std::ranges::count_if(views, [&](const char* name) { return view(name).isVisible(); }));
  }

 private Q_SLOTS:
  void init() {
    renew(window_);
    QVERIFY(wait_until_fresh(*window_));
  }
  void cleanupTestCase() { window_.reset(); }

  void they_are_of_the_network_on_screen() {
    choose(combo("degree-family"), "Spatial Gaussian");
    choose(combo("dendrites-family"), "Uniform");
    choose(combo("receptive-field-family"), "Uniform");
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(shows_degrees_of({0, 1}));
    QCOMPARE(shown_count(), 4);
    const std::vector<double> degrees = degrees_of(*window_->live().current_network(), {0, 1});
    double squares = 0.0;
    for (const double degree : degrees) squares += std::pow(degree - mean_of(degrees), 2);
    const auto& shown = *view("degree-drawn").histogram();
    QVERIFY(std::abs(shown.standard_deviation - std::sqrt(squares / static_cast<double>(degrees.size()))) < 1e-9);
    // Every link is a synapse of one dendrite.
    const auto& dendrites = *view("dendrites-drawn").histogram();
    const auto& synapses = *view("synapses-drawn").histogram();
    QCOMPARE(std::round(static_cast<double>(dendrites.count) * dendrites.mean), static_cast<double>(synapses.count));
    QCOMPARE(std::round(static_cast<double>(synapses.count) * synapses.mean),
             static_cast<double>(window_->live().current_network()->link_count()));
    // Moved by the seed alone.
    const auto before = *view("degree-drawn").histogram();
    window_->findChild<QAction*>("network-new-seed")->trigger();
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(shows_degrees_of({0, 1}));
    QVERIFY(view("degree-drawn").histogram()->bins != before.bins);
    window_->document().undo();
    QTRY_VERIFY(view("degree-drawn").histogram() == before);
  }

  void they_have_names_and_numbers_for_whom_a_picture_says_nothing() {
    QVERIFY(shows_degrees_of({0, 1}));
    for (const char* name : views) {
      HistogramView& shown = view(name);
      QVERIFY2(shown.accessibleName().endsWith(" as drawn"), name);
      QVERIFY2(shown.accessibleDescription() == shown.toolTip(), name);
      for (const char* word : {"N = ", "mean ", "standard deviation ", "minimum ", "maximum "})
        QVERIFY2(shown.toolTip().contains(word), qPrintable(shown.toolTip()));
    }
    QVERIFY(view("dendrites-drawn").toolTip().contains("mean 3, standard deviation 0, minimum 3, maximum 3"));
  }

  /// Each bar stands over its numbers, the mean's line at the mean.
  void the_picture_is_at_its_numbers() {
    choose(combo("degree-family"), "Gaussian");
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(shows_degrees_of({0, 1}));
    HistogramView& shown = view("degree-drawn");
    const DrawnHistogram& histogram = *shown.histogram();
    const QImage image = shown.grab().toImage();
    const double ratio = image.devicePixelRatio();
    const QRectF plot = shown.plot();
    QVERIFY(shown.height() >= 18 && shown.height() <= 24);
    QVERIFY(plot.width() > 0.8 * find<QWidget>(*window_, "degree")->width());
    const auto colour = [&](double number, double height) {
      const double x = plot.left() + plot.width() * (number - histogram.low) / (histogram.high - histogram.low);
      return image.pixelColor(static_cast<int>(x * ratio), static_cast<int>((plot.bottom() - height) * ratio));
    };
    const auto is_blue = [](const QColor& color) { return color.blue() > color.red() + 60; };
    const std::size_t most =
        static_cast<std::size_t>(std::ranges::max_element(histogram.bins) - histogram.bins.begin());
    const double width = (histogram.high - histogram.low) / static_cast<double>(histogram.bins.size());
    const auto middle = [&](std::size_t bin) { return histogram.low + width * (static_cast<double>(bin) + 0.5); };
    // The mean's line may stand over the highest bar: looked for beside it.
    bool is_high = false, is_empty = true;
    for (const double aside : {-0.3, 0.0, 0.3})
      is_high = is_high || is_blue(colour(middle(most) + aside * width, 0.9 * plot.height()));
    for (std::size_t bin = 0; bin < histogram.bins.size(); ++bin)
      if (histogram.bins[bin] == 0 && is_blue(colour(middle(bin), 0.3 * plot.height()))) is_empty = false;
    QVERIFY(is_high && is_empty);
    const QColor mean = colour(histogram.mean, 0.98 * plot.height());
    QVERIFY2(mean.red() > mean.blue() + 60, qPrintable(mean.name()));
  }

  void they_follow_while_a_slider_is_held() {
    choose(combo("degree-family"), "Gaussian");
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(shows_degrees_of({0, 1}));
    const auto before = *view("degree-drawn").histogram();
    auto* slider = find<QSlider>(*window_, "degree-spread-slider");
    drag_slider(*slider, 0.35, 10, false);
    QVERIFY(window_->document().is_dragging());
    QVERIFY(shows_degrees_of({0, 1}));
    QVERIFY(view("degree-drawn").histogram()->standard_deviation > before.standard_deviation);
    QTest::mouseRelease(slider, Qt::LeftButton);
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(shows_degrees_of({0, 1}));
  }

  void they_are_of_the_layers_that_the_row_sets() {
    choose(combo("layer"), "Layer 2 alone (196 → 196)");
    QVERIFY(shows_degrees_of({1}));
    QVERIFY(view("degree-drawn").toolTip().contains("in layer 2"));
    choose(combo("degree-family"), "Uniform");
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(shows_degrees_of({1}));
    choose(combo("layer"), "Layer 1 alone (98 → 196)");
    QVERIFY(shows_degrees_of({0}));
    // For all layers a row no longer sets those that have a value of their own.
    choose(combo("layer"), "All layers");
    QVERIFY(shows_degrees_of({0}));
    QTRY_VERIFY(view("synapses-drawn").toolTip().contains("in layers 1 and 2"));
    choose(combo("layer"), "Layer 1 alone (98 → 196)");
    choose(combo("degree-family"), "Gaussian");
    choose(combo("layer"), "All layers");
    QTRY_VERIFY(!view("degree-drawn").isVisible());
    QVERIFY(view("synapses-drawn").isVisible());
  }

  void other_networks_have_none() {
    QVERIFY(shows_degrees_of({0, 1}));
    choose(combo("model-choice"), "Random");
    QVERIFY(wait_until_fresh(*window_));
    QCOMPARE(shown_count(), 0);
    window_->document().undo();
    QVERIFY(shows_degrees_of({0, 1}));
    QCOMPARE(shown_count(), 4);

    const QTemporaryDir folder;
    const QString path = folder.filePath("network.npz");
    write_network(path.toStdString(), {window_->live().current_network(), ""});
    window_->files().open(path);
    QTRY_VERIFY(!network_file(window_->document().state()).empty());
    QVERIFY(wait_until_fresh(*window_));
    QCOMPARE(shown_count(), 0);
    window_->document().undo();
    QVERIFY(shows_degrees_of({0, 1}));

    type(*find<QLineEdit>(*window_, "layers-text"), "1000000000,1000000000");
    QTRY_COMPARE_WITH_TIMEOUT(shown_count(), 0, 20000);  // refused: there is no network
    window_->document().undo();
    QVERIFY(shows_degrees_of({0, 1}));
  }
};

DNM_TEST(TestDrawn, TimedApplication)
#include "test_drawn.moc"
