// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <atomic>
#include <chrono>
#include <numeric>
#include <thread>
#include <vector>

#include "core/support/error.h"
#include "core/support/ordered_results.h"
#include "tests/support/test_class.h"

using dnm::ordered_results;
using dnm::TaskControl;

namespace {

/// Later ones are sometimes quicker.
int slow_square(std::size_t index) {
  std::this_thread::sleep_for(std::chrono::microseconds(index % 3 == 0 ? 400 : 20));
  return static_cast<int>(index * index);
}

}  // namespace

class TestOrderedResults : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void results_come_in_order_one_at_a_time() {
    for (const unsigned threads : {1U, 2U, 8U}) {
      std::vector<int> taken;
      std::atomic<int> inside{0};
      bool alone = true;
      ordered_results<int>(
          60, threads, {}, [](std::size_t index, const TaskControl&) { return slow_square(index); },
          [&](std::size_t index, int value) {
            alone &= ++inside == 1;
            alone &= index == taken.size();
            taken.push_back(value);
            --inside;
            return true;
          });
      QVERIFY(alone);
      std::vector<int> expected(60);
      for (std::size_t i = 0; i < 60; ++i) expected[i] = static_cast<int>(i * i);
      QCOMPARE(taken, expected);
    }
  }

  void enough_ends_it_for_any_number_of_threads() {
    for (const unsigned threads : {1U, 3U, 8U}) {
      std::vector<int> taken;
      std::atomic<int> computed{0};
      ordered_results<int>(
          100000, threads, {},
          [&](std::size_t index, const TaskControl& control) {
            ++computed;
            // What comes after the last one wanted waits for the stop, which must come.
            while (index > 6) {
              control.check();
              std::this_thread::yield();
            }
            return slow_square(index);
          },
          [&](std::size_t, int value) {
            taken.push_back(value);
            return taken.size() < 7;
          });
      QCOMPARE(taken.size(), std::size_t{7});
      QCOMPARE(taken.back(), 36);
      QVERIFY(computed <= 7 + static_cast<int>(threads));
    }
  }

  void errors_of_either_side_come_through() {
    const auto square = [](std::size_t index, const TaskControl&) { return slow_square(index); };
    QVERIFY_EXCEPTION_THROWN(ordered_results<int>(
                                 20, 4, {},
                                 [](std::size_t index, const TaskControl&) -> int {
                                   if (index == 5) throw dnm::NumericalError("no");
                                   return 0;
                                 },
                                 [](std::size_t, int) { return true; }),
                             dnm::NumericalError);
    QVERIFY_EXCEPTION_THROWN(ordered_results<int>(20, 4, {}, square,
                                                  [](std::size_t index, int) -> bool {
                                                    if (index == 5) throw dnm::InvalidInput("no");
                                                    return true;
                                                  }),
                             dnm::InvalidInput);
  }

  void a_stop_from_outside_is_passed_on() {
    std::stop_source source;
    QVERIFY_EXCEPTION_THROWN(ordered_results<int>(
                                 1000, 3, {source.get_token(), {}},
                                 [&](std::size_t index, const TaskControl& control) {
                                   if (index == 10) source.request_stop();
                                   control.check();
                                   return 0;
                                 },
                                 [](std::size_t, int) { return true; }),
                             dnm::Cancelled);
    int taken = 0;
    ordered_results<int>(
        0, 3, {}, [](std::size_t, const TaskControl&) { return 0; }, [&](std::size_t, int) { return ++taken > 0; });
    QCOMPARE(taken, 0);
  }
};

DNM_TEST(TestOrderedResults)
#include "test_ordered_results.moc"
