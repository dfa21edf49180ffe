// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <limits>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include <sys/resource.h>
#include <unistd.h>

#include "core/support/digits.h"
#include "core/support/error.h"
#include "core/support/letter_case.h"
#include "core/support/median.h"
#include "core/support/memory.h"
#include "core/support/parallel.h"
#include "core/support/portable_math.h"
#include "core/support/thread_priority.h"
#include "tests/support/test_class.h"

namespace {

std::string printed(const char* format, int digits, double value) {
  std::array<char, 400> text{};
  return {text.data(), static_cast<std::size_t>(std::snprintf(text.data(), text.size(), format, digits, value))};
}

}  // namespace

class TestSupport : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void elementary_functions_agree_with_the_c_library() {
    for (int i = -7000; i <= 7000; ++i) {
      const double x = i * 0.1 + 0.0123;
      QVERIFY(std::abs(dnm::portable_exp(x) / std::exp(x) - 1.0) < 5e-16);
      QVERIFY(std::abs(dnm::portable_cos(x) - std::cos(x)) < 5e-16);
      const double y = std::exp(x / 2.0);
      QVERIFY(std::abs(dnm::portable_log(y) - std::log(y)) <= 5e-16 * std::abs(std::log(y)));
      QVERIFY(std::abs(dnm::portable_pow(y, 0.7) / std::pow(y, 0.7) - 1.0) < 1e-13);
    }
  }

  void elementary_functions_at_their_limits() {
    const double infinity = std::numeric_limits<double>::infinity();
    QCOMPARE(dnm::portable_exp(0.0), 1.0);
    QCOMPARE(dnm::portable_exp(-1000.0), 0.0);
    QCOMPARE(dnm::portable_exp(1000.0), infinity);
    QCOMPARE(dnm::portable_log(1.0), 0.0);
    QCOMPARE(dnm::portable_log(0.0), -infinity);
    QVERIFY(std::isnan(dnm::portable_log(-1.0)));
    QVERIFY(std::isnan(dnm::portable_exp(std::nan(""))));
    QCOMPARE(dnm::portable_cos(0.0), 1.0);
  }

  void rounds_halves_to_even() {
    QCOMPARE(dnm::round_half_even(0.5), 0.0);
    QCOMPARE(dnm::round_half_even(1.5), 2.0);
    QCOMPARE(dnm::round_half_even(2.5), 2.0);
    QCOMPARE(dnm::round_half_even(-0.5), 0.0);
    QCOMPARE(dnm::round_half_even(-1.5), -2.0);
    QCOMPARE(dnm::round_half_even(2.4999), 2.0);
    QCOMPARE(dnm::round_half_even(-2.6), -3.0);
  }

  void parallel_for_visits_each_index_once() {
    std::vector<std::atomic<int>> visits(1000);
    dnm::parallel_for(visits.size(), 4, [&](std::size_t i) { ++visits[i]; });
    for (const auto& count : visits) QCOMPARE(count.load(), 1);
    dnm::parallel_for(0, 4, [](std::size_t) { QFAIL("nothing to do"); });
  }

  void parallel_for_uses_no_more_threads_than_told() {
    std::mutex mutex;
    std::set<std::thread::id> seen;
    dnm::parallel_for(200, 3, [&](std::size_t) {
      const std::scoped_lock lock(mutex);
      seen.insert(std::this_thread::get_id());
    });
    QVERIFY(seen.size() <= 3);
  }

  void parallel_for_hands_on_the_first_exception() {
    std::atomic<int> visits = 0;
    QVERIFY_EXCEPTION_THROWN(dnm::parallel_for(100000, 2,
                                               [&](std::size_t) {
                                                 ++visits;
                                                 throw dnm::InvalidInput("no");
                                               }),
                             dnm::InvalidInput);
    QVERIFY(visits < 100000);
  }

  void a_priority_is_lowered_for_a_thread_and_those_that_it_starts() {
    const auto own = [] { return ::getpriority(PRIO_PROCESS, static_cast<id_t>(::gettid())); };
    const int before = own();
    std::array<int, 4> seen{};
    std::thread([&] {
      dnm::lower_thread_priority(dnm::ThreadPriority::low);
      seen[0] = own();
      std::thread([&] { seen[1] = own(); }).join();
      dnm::lower_thread_priority();
      seen[2] = own();
      dnm::lower_thread_priority(dnm::ThreadPriority::lower);
      seen[3] = own();
    }).join();
    QCOMPARE(seen[0], std::max(before, 5));
    QCOMPARE(seen[1], seen[0]);
    QCOMPARE(seen[2], 19);
    QCOMPARE(seen[3], 19);
    QCOMPARE(own(), before);
  }

  void numbers_are_text_in_every_locale() {
    QCOMPARE(dnm::with_commas(0), std::string("0"));
    QCOMPARE(dnm::with_commas(999), std::string("999"));
    QCOMPARE(dnm::with_commas(61465), std::string("61,465"));
    QCOMPARE(dnm::with_commas(1234567890), std::string("1,234,567,890"));
    QCOMPARE(dnm::counted(1, "link"), std::string("1 link"));
    QCOMPARE(dnm::counted(5763, "link"), std::string("5,763 links"));
    QCOMPARE(dnm::with_decimals(-1e300, 0).size(), std::size_t{302});
    QCOMPARE(dnm::with_significant(1.25e20, 2), std::string("1.2e+20"));
    const double none = std::numeric_limits<double>::quiet_NaN();
    QCOMPARE(dnm::mean_and_error(0.87345, 0.00123, true), std::string("87.34 ± 0.12"));
    QCOMPARE(dnm::mean_and_error(0.87345, none, true), std::string("87.34"));
    QCOMPARE(dnm::mean_and_error(0.30214, 0.00441, false), std::string("0.3021 ± 0.0044"));
    QCOMPARE(dnm::mean_and_error(0.8, 0.0577, false), std::string("0.800 ± 0.058"));
    QCOMPARE(dnm::mean_and_error(0.8, none, false), std::string("0.8000"));
    QCOMPARE(dnm::mean_and_error(0.25, 1e-17, false), std::string("0.2500 ± 0.0000"));
    QCOMPARE(dnm::mean_and_error(61465.4, 123.4, false), std::string("61465 ± 123"));
    QCOMPARE(dnm::mean_and_error(61465.4, none, false), std::string("61465"));
    QCOMPARE(dnm::mean_and_error(3.42e12, 1.27e11, false), std::string("3.42e+12 ± 1.3e+11"));
    QCOMPARE(dnm::mean_and_error(0.0, 0.0, false), std::string("0 ± 0"));
    QCOMPARE(dnm::in_percent(1.0), std::string("100.00"));
    for (const double value : {0.0, -0.5, 0.15, 2.5, 99.995, 1e-7, 123456789.125, 3e22}) {
      for (const int digits : {0, 1, 2, 6, 10}) {
        // The tests run in the C locale, in which printf is the reference.
        QCOMPARE(dnm::with_decimals(value, digits), printed("%.*f", digits, value));
        QCOMPARE(dnm::with_significant(value, digits), printed("%.*g", digits, value));
      }
    }
  }

  void lower_case_changes_latin_letters_alone() {
    QCOMPARE(dnm::lower_case("Ring of 98-196 AZ[@]"), std::string("ring of 98-196 az[@]"));
    QCOMPARE(dnm::lower_case("ÜBER Σ"), std::string("Über Σ"));
  }

  void the_median_is_the_middle_value() {
    QCOMPARE(dnm::median({3.0}), 3.0);
    QCOMPARE(dnm::median({9.0, 1.0, 4.0}), 4.0);
    QCOMPARE(dnm::median({9.0, 1.0, 4.0, 2.0}), 4.0);
  }

  void refuses_more_memory_than_there_is() {
    dnm::require_memory(1024, "a small thing");
    try {
      dnm::require_memory(std::uint64_t{1} << 60, "the network");
      QFAIL("an exbibyte was granted");
    } catch (const dnm::ResourceError& error) {
      QVERIFY(QString::fromUtf8(error.what()).startsWith("the network would take about 1073741824.0 GiB"));
    }
  }
};

DNM_TEST(TestSupport)
#include "test_support.moc"
