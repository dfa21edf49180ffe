// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "core/embedding/angular_separation.h"
#include "core/embedding/full_turn.h"
#include "core/network/random.h"
#include "core/support/error.h"
#include "tests/support/test_class.h"

using dnm::full_turn;

namespace {

std::vector<double> even_angles(std::size_t n) {
  std::vector<double> theta;
  for (std::size_t u = 0; u < n; ++u) theta.push_back(full_turn * static_cast<double>(u) / static_cast<double>(n));
  return theta;
}

/// The definition word for word: for each group every way of leaving out one gap, and the fewest others in between.
int mistakes(const std::vector<std::int32_t>& circle) {
  std::map<std::int32_t, std::vector<int>> places;
  const int n = static_cast<int>(circle.size());
  for (int place = 0; place < n; ++place) places[circle[static_cast<std::size_t>(place)]].push_back(place);
  int sum = 0;
  for (const auto& [group, members] : places) {
    if (members.size() < 2) continue;
    int fewest = n;
    for (std::size_t from = 0; from < members.size(); ++from) {
      // From this member on to the one before it, all the way round.
      const int to = members[(from + members.size() - 1) % members.size()];
      int others = 0;
      for (int place = members[from]; place % n != to; ++place) {
        others += circle[static_cast<std::size_t>(place % n)] != group ? 1 : 0;
      }
      fewest = std::min(fewest, others);
    }
    sum += fewest;
  }
  return sum;
}

}  // namespace

class TestAngularSeparation : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void groups_with_an_arc_each_are_separated() {
    std::vector<std::int32_t> groups;
    for (int u = 0; u < 60; ++u) groups.push_back(u < 25 ? 4 : u < 40 ? -2 : 9);
    for (std::size_t turn = 0; turn < 60; turn += 7) {
      std::rotate(groups.begin(), groups.begin() + 7, groups.end());
      const auto found = dnm::angular_separation(even_angles(60), groups).value();
      QCOMPARE(found.index, 1.0);
      QCOMPARE(found.p_value, 1.0 / 1001.0);
    }
  }

  void groups_that_take_turns_are_not() {
    std::vector<std::int32_t> groups;
    for (int u = 0; u < 60; ++u) groups.push_back(u % 3);
    const auto found = dnm::angular_separation(even_angles(60), groups).value();
    QCOMPARE(found.index, 0.0);
    QVERIFY(found.p_value > 0.9);
  }

  void mistakes_are_counted_as_defined() {
    // Indices of two arrangements of the same groups share the worst case: (1 - index) is in proportion to mistakes.
    dnm::Random random(3);
    std::vector<std::int32_t> groups;
    for (const int size : {1, 2, 5, 9, 14}) groups.insert(groups.end(), static_cast<std::size_t>(size), size);
    std::vector<std::int32_t> first = groups;
    random.shuffle(std::span(first));
    const double reference = 1.0 - dnm::angular_separation(even_angles(first.size()), first).value().index;
    int compared = 0;
    for (int i = 0; i < 200; ++i) {
      std::vector<std::int32_t> other = groups;
      // Neighbours swapped a few times: anything between sorted and mixed.
      for (int k = 0; k < i; ++k) {
        const auto at = random.below(other.size() - 1);
        std::swap(other[at], other[at + 1]);
      }
      const auto found = dnm::angular_separation(even_angles(other.size()), other).value();
      if (found.index == 0.0) continue;
      QVERIFY(std::abs((1.0 - found.index) * mistakes(first) - reference * mistakes(other)) < 1e-9);
      ++compared;
    }
    QVERIFY(compared > 100);
    // And the worst case is one that can occur.
    double bound = 0.0;
    for (const double size : {2.0, 5.0, 9.0, 14.0}) bound += std::ceil((31.0 - size) * (size - 1.0) / size);
    const double worst = mistakes(first) / reference;
    QVERIFY(std::abs(worst - std::round(worst)) < 1e-9 && worst <= bound && worst > 0.8 * bound);
  }

  void only_the_circular_order_counts() {
    dnm::Random random(8);
    std::vector<double> theta;
    std::vector<std::int32_t> groups;
    for (int u = 0; u < 50; ++u) {
      theta.push_back(random.uniform(0.0, full_turn));
      groups.push_back(theta.back() < 2.0 ? 0 : static_cast<std::int32_t>(random.below(3)));
    }
    const auto expected = dnm::angular_separation(theta, groups).value();
    std::vector<double> changed = theta;
    for (double& t : changed) t = full_turn - std::fmod(t * t / full_turn + 1.0, full_turn);
    const auto found = dnm::angular_separation(changed, groups, 1000, 0, 3).value();
    QCOMPARE(found.index, expected.index);
    QCOMPARE(found.p_value, expected.p_value);
    QVERIFY(expected.index > 0.0 && expected.index < 1.0);
  }

  void random_groups_have_a_high_p_value() {
    // Under chance the p-value is uniform: its mean over many arrangements is near one half.
    dnm::Random random(21);
    std::vector<std::int32_t> groups;
    for (int u = 0; u < 80; ++u) groups.push_back(u % 4);
    double sum = 0.0;
    for (int i = 0; i < 100; ++i) {
      random.shuffle(std::span(groups));
      sum += dnm::angular_separation(even_angles(80), groups, 200).value().p_value;
    }
    QVERIFY(std::abs(sum / 100.0 - 0.5) < 0.12);  // four standard errors
  }

  void nothing_to_separate() {
    const std::vector<std::int32_t> one_group(10, 3), three{0, 1, 0}, single{0, 0, 0, 1};
    QVERIFY(!dnm::angular_separation(even_angles(10), one_group).has_value());
    QVERIFY(!dnm::angular_separation(even_angles(3), three).has_value());
    QVERIFY(!dnm::angular_separation(even_angles(4), single).has_value());
    QVERIFY(!dnm::angular_separation({}, {}).has_value());
    std::stop_source stop;
    stop.request_stop();
    const std::vector<std::int32_t> pairs{0, 1, 0, 1};
    QVERIFY_EXCEPTION_THROWN((void)dnm::angular_separation(even_angles(4), pairs, 10, 0, 1, {stop.get_token(), {}}),
                             dnm::Cancelled);
  }
};

DNM_TEST(TestAngularSeparation)
#include "test_angular_separation.moc"
