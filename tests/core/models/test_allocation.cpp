// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <numeric>

#include "core/models/allocation.h"
#include "core/models/initialiser.h"
#include "core/parameters/parameter_table.h"
#include "core/support/error.h"
#include "tests/core/error_message.h"
#include "tests/core/models/model_helpers.h"
#include "tests/support/test_class.h"

namespace {

using dnm::Mask;
using dnm::ModelParameters;
using dnm::NodeIndex;
using dnm::test::message_of;
using dnm::test::output_degrees;
using dnm::test::with;

}  // namespace

/// How many links every layer gets, and the dense networks to compare with.
class TestAllocation : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void dense_takes_every_cell();
  void dense_equal_has_as_many_weights();
  void links_in_proportion_to_size();
  void allocation_beside_own_sparsities();
  void allocation_by_hand();
  void bad_allocations();
};

void TestAllocation::dense_takes_every_cell() {
  const auto network = dnm::generate(with({{"model", "dense"}, {"layers", "7,5,3"}})).network;
  QCOMPARE(network->masks()[0].link_count(), std::uint64_t{35});
  QCOMPARE(network->masks()[1].link_count(), std::uint64_t{15});
  const auto& table = dnm::model_parameter_table();
  for (const char* id : {"sparsity", "allocation"}) QVERIFY(!table.applies(table.at(id), with({{"model", "dense"}})));
  // A sparsity left over from another model leaves no layer empty.
  QCOMPARE(dnm::generate(with({{"model", "dense"}, {"layers", "2,2"}, {"sparsity", "0.999"}})).network->link_count(),
           std::uint64_t{4});
}

void TestAllocation::dense_equal_has_as_many_weights() {
  for (const char* layers : {"784,1568,1568,1568", "98,196,196", "50,70", "10,10"}) {
    for (const char* sparsity : {"0.5", "0.9", "0.99"}) {
      for (const NodeIndex classes : {0U, 10U, 47U}) {
        const auto parameters = with({{"model", "dense-equal"}, {"layers", layers}, {"sparsity", sparsity}});
        dnm::DrawingContext context;
        context.classes = classes;
        const auto generated = dnm::generate(parameters, {}, context);
        double wanted = static_cast<double>(parameters.layer_sizes.back()) * classes;
        for (std::size_t i = 0; i + 1 < parameters.layer_sizes.size(); ++i) {
          wanted += std::nearbyint((1.0 - parameters.shared.sparsity) * parameters.layer_sizes[i] *
                                   parameters.layer_sizes[i + 1]);
        }
        const auto weights = [&](double width) {
          const double layer_count = static_cast<double>(parameters.layer_count());
          return parameters.layer_sizes[0] * width + (layer_count - 1.0) * width * width + width * classes;
        };
        const double width = generated.network->layer_sizes()[1];
        QCOMPARE(generated.network->layer_sizes().size(), parameters.layer_sizes.size());
        QCOMPARE(generated.network->layer_sizes()[0], parameters.layer_sizes[0]);
        for (std::size_t i = 1; i < parameters.layer_sizes.size(); ++i) {
          QCOMPARE(static_cast<double>(generated.network->layer_sizes()[i]), width);
        }
        QCOMPARE(static_cast<double>(generated.network->link_count()) + width * classes, weights(width));
        for (double other = 1.0; other < 2000.0; ++other) {
          QVERIFY(std::abs(weights(width) - wanted) <= std::abs(weights(other) - wanted));
        }
        QCOMPARE(generated.notices.size(), std::size_t{1});
        const std::string wanted_text = std::to_string(static_cast<std::uint64_t>(wanted));
        QVERIFY(generated.notices[0].find(" " + wanted_text) != std::string::npos);
        QCOMPARE(generated.notices[0].find("not counted") == std::string::npos, classes > 0);
      }
    }
  }
}

void TestAllocation::links_in_proportion_to_size() {
  for (const char* rule : {"er", "erk"}) {
    for (const char* layers : {"784,1568,1568,1568", "98,196,196", "100,4,100,7,3000", "5,5"}) {
      for (const char* sparsity : {"0.05", "0.5", "0.9", "0.97"}) {
        const auto parameters =
            with({{"model", "random"}, {"layers", layers}, {"sparsity", sparsity}, {"allocation", rule}});
        const auto& sizes = parameters.layer_sizes;
        double total = 0.0;
        std::vector<double> cells;
        std::vector<double> ends;
        for (std::size_t i = 0; i + 1 < sizes.size(); ++i) {
          cells.push_back(static_cast<double>(sizes[i]) * sizes[i + 1]);
          ends.push_back(static_cast<double>(sizes[i]) + sizes[i + 1]);
          total += std::nearbyint((1.0 - parameters.shared.sparsity) * cells.back());
        }
        // The one scale at which layers of min(full, scale·(n_in + n_out)) links have the right sum.
        double low = 0.0;
        double high = 1e9;
        for (int step = 0; step < 200; ++step) {
          const double scale = (low + high) / 2.0;
          double sum = 0.0;
          for (std::size_t i = 0; i < cells.size(); ++i) sum += std::min(cells[i], scale * ends[i]);
          (sum < total ? low : high) = scale;
        }
        const auto links = dnm::links_of_layers(parameters);
        QCOMPARE(static_cast<double>(std::accumulate(links.begin(), links.end(), std::uint64_t{0})), total);
        for (std::size_t i = 0; i < cells.size(); ++i) {
          const double expected = std::min(cells[i], low * ends[i]);
          QVERIFY(std::abs(static_cast<double>(links[i]) - std::max(1.0, expected)) < 1.0 + 1e-6 * expected);
          QVERIFY(static_cast<double>(links[i]) <= cells[i]);
          if (cells[i] < low * ends[i] * (1.0 - 1e-9)) QCOMPARE(static_cast<double>(links[i]), cells[i]);
        }
        const auto network = dnm::generate(parameters).network;
        for (std::size_t i = 0; i < links.size(); ++i) QCOMPARE(network->masks()[i].link_count(), links[i]);
      }
    }
  }
  // Mean degrees follow: a DNM layer that got twice the links has twice the degrees.
  const auto network =
      dnm::generate(with({{"layers", "100,400,100"}, {"allocation", "0.9,0.8"}, {"degree", "gaussian:1"}})).network;
  QCOMPARE(network->masks()[0].link_count(), std::uint64_t{4000});
  QCOMPARE(network->masks()[1].link_count(), std::uint64_t{8000});
  for (const NodeIndex degree : output_degrees(network->masks()[1])) QVERIFY(degree > 70 && degree < 90);
}

void TestAllocation::allocation_beside_own_sparsities() {
  const auto parameters =
      with({{"layers", "98,196,196,50"}, {"sparsity", "0.9"}, {"allocation", "er"}, {"sparsity", "2=0.95"}});
  const auto links = dnm::links_of_layers(parameters);
  QCOMPARE(links[1], std::uint64_t{1921});
  QCOMPARE(links[0] + links[2], std::uint64_t{1921 + 980});
  // 294 and 246 ends: 2901 links in that proportion are 1579.4 and 1321.6.
  QCOMPARE(links[0], std::uint64_t{1579});
  QCOMPARE(links[2], std::uint64_t{1322});
}

void TestAllocation::allocation_by_hand() {
  const auto parameters = with({{"layers", "98,196,196"}, {"sparsity", "0.5"}, {"allocation", "0.9, 0.99"}});
  QCOMPARE(dnm::links_of_layers(parameters), (std::vector<std::uint64_t>{1921, 384}));
  // One set apart counts before the list.
  auto apart = parameters;
  dnm::set_from_text(apart, "sparsity", "1=0.8");
  QCOMPARE(dnm::links_of_layers(apart), (std::vector<std::uint64_t>{3842, 384}));
  ModelParameters again;
  for (const auto& [id, text] : dnm::to_texts(parameters)) dnm::set_from_text(again, id, text);
  QCOMPARE(again, parameters);
}

void TestAllocation::bad_allocations() {
  for (const char* text : {"", "err", "0.9,", ",0.9", "0.9;0.8", "1,0.5", "-0.1", "nan", "0.9 0.8"}) {
    const std::string message = message_of([&] { static_cast<void>(with({{"allocation", text}})); });
    QVERIFY2(message.find("neither uniform, er or erk nor a list") != std::string::npos, message.c_str());
  }
  const std::string count = message_of([] { dnm::check_parameters(with({{"allocation", "0.9,0.9,0.9"}})); });
  QCOMPARE(count, std::string("allocation: 3 sparsities for 2 layers of links; give one for each"));
  const std::string empty = message_of([] {
    dnm::check_parameters(with({{"layers", "3,3,90"}, {"allocation", "0.99,0.5"}}));
  });
  QVERIFY2(empty.find("leaves layer 1 (3 × 3) without a single link") != std::string::npos, empty.c_str());
}

DNM_TEST(TestAllocation)
#include "test_allocation.moc"
