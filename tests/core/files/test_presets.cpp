// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/files/presets.h"
#include "core/models/initialiser.h"
#include "tests/core/error_message.h"
#include "tests/support/test_class.h"

using dnm::test::contains;
using dnm::test::message_of;

class TestPresets : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void presets_are_the_posters_panels();
  void unknown_preset();
};

void TestPresets::presets_are_the_posters_panels() {
  QCOMPARE(dnm::presets().size(), std::size_t{5});
  for (const dnm::Preset& preset : dnm::presets()) {
    QVERIFY(!preset.title.empty() && !preset.description.empty());
    if (!preset.id.starts_with("poster-")) continue;
    QCOMPARE(preset.parameters.layer_sizes, (std::vector<dnm::NodeIndex>{98, 196, 196}));
    QCOMPARE(preset.parameters.shared.sparsity, 0.9);
    QCOMPARE(preset.parameters.shared.dendrites.mean, 3.0);
    QCOMPARE(preset.parameters.shared.receptive_field.mean, 1.0);
    QCOMPARE(dnm::generate(preset.parameters).network->link_count(), std::uint64_t{5763});
  }
  QCOMPARE(dnm::preset("poster-a").parameters.initialiser, std::string("random"));
  QCOMPARE(dnm::preset("poster-b").parameters.shared.degree.family, dnm::Family::fixed);
  QCOMPARE(dnm::preset("poster-c").parameters.shared.degree.family, dnm::Family::spatial_gaussian);
  QCOMPARE(dnm::preset("poster-d").parameters.shared.synapses.family, dnm::Family::spatial_gaussian);
}

void TestPresets::unknown_preset() {
  QVERIFY(contains(message_of([] { static_cast<void>(dnm::preset("poster_b")); }), "did you mean \"poster-"));
  QVERIFY(contains(message_of([] { static_cast<void>(dnm::preset("zzzzzzzzzzzzzzz")); }), "poster-a, poster-b"));
}

DNM_TEST(TestPresets)
#include "test_presets.moc"
