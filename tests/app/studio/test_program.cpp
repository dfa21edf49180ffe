// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QProcessEnvironment>
#include <QSet>
#include <QSize>
#include <QTemporaryDir>
#include <QTest>

#include "app/workspace/session/session.h"
#include "core/files/presets.h"
#include "core/models/initialiser.h"
#include "core/support/version.h"
#include "tests/app/played_topology.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

/// The program as a person starts it.
class TestProgram : public QObject {
  Q_OBJECT

  struct Outcome {
    int status;
    QString output;
    QStringList error_lines;  ///< those of the program itself
  };
  static Outcome run(const QStringList& arguments, const QString& platform = {}) {
    QProcess process;
    if (!platform.isEmpty()) {
      QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
      environment.insert("QT_QPA_PLATFORM", platform);
      process.setProcessEnvironment(environment);
    }
    process.start(QString(dnm::test::program_folder()) + "/dnm-studio", arguments);
    if (!process.waitForFinished(120000)) {
      process.kill();
      return {-1, {}, {}};
    }
    const QStringList lines =
        QString::fromUtf8(process.readAllStandardError()).split('\n', Qt::SkipEmptyParts).filter("dnm-studio:");
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
            QString::fromUtf8(process.readAllStandardOutput()), lines};
  }

 private Q_SLOTS:
  void version_and_help() {
    QCOMPARE(run({"--version"}).output.trimmed(), QString("dnm-studio ") + dnm::program_version());
    const Outcome help = run({"--help"});
    QCOMPARE(help.status, 0);
    QVERIFY(help.output.contains("--capture"));
  }

  void wrong_arguments_are_one_sentence() {
    for (const QStringList& arguments :
         {QStringList{"--captur", "x.png"}, QStringList{"--capture"}, QStringList{"a", "b", "c"}}) {
      const Outcome outcome = run(arguments);
      QCOMPARE(outcome.status, 1);
      QCOMPARE(outcome.error_lines.size(), 1);
    }
  }

  void a_capture_is_a_picture_of_the_whole_window() {
    QTemporaryDir folder;
    dnm::Session session;
    session.state.parameters = dnm::preset("poster-c").parameters;
    dnm::write_session(folder.filePath("c.dnm.json").toStdString(), session);
    const QString picture = folder.filePath("c.png");
    const Outcome outcome = run({"--session", folder.filePath("c.dnm.json"), "--capture", picture});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.error_lines.join('\n')));
    const QImage image(picture);
    QCOMPARE(image.size(), QSize(1600, 1000));
    // The views are no blank areas: the middle of the window holds many colours.
    QSet<QRgb> colors;
    for (int y = 100; y < 650; y += 2)
      for (int x = 380; x < 1250; x += 2) colors.insert(image.pixel(x, y));
    QVERIFY(colors.size() > 50);
  }

  void a_capture_shows_a_run() {
    const QTemporaryDir folder;
    dnm::Session session;
    session.state.parameters.layer_sizes = {20, 30, 20};
    const dnm::NetworkPointer network = dnm::generate(session.state.parameters).network;
    static_cast<void>(samples::play_topology(*network, 2, folder.filePath("run").toStdString()));
    session.state.shown = dnm::ShownRun{"0f-1e", 0, folder.filePath("run").toStdString(), {}, 2, {}};
    const QStringList arguments{"--session", folder.filePath("r.dnm.json"), "--capture", folder.filePath("r.png")};
    dnm::write_session(folder.filePath("r.dnm.json").toStdString(), session);
    const Outcome outcome = run(arguments);
    QVERIFY2(outcome.status == 0, qPrintable(outcome.error_lines.join('\n')));
    QVERIFY(QFile::exists(folder.filePath("r.png")));
    session.state.shown = dnm::ShownRun{"0f-1e", 0, folder.filePath("run").toStdString(), {}, 3, {}};
    dnm::write_session(folder.filePath("r.dnm.json").toStdString(), session);
    const Outcome beyond = run(arguments);
    QCOMPARE(beyond.status, 1);
    QVERIFY(beyond.error_lines.join(' ').contains("after update 3"));
    std::get<dnm::ShownRun>(session.state.shown).folder = folder.filePath("away").toStdString();
    dnm::write_session(folder.filePath("r.dnm.json").toStdString(), session);
    QVERIFY(QFile::remove(folder.filePath("r.png")));
    const Outcome away = run(arguments);
    QVERIFY(away.status == 1 && away.error_lines.size() == 1 && !QFile::exists(folder.filePath("r.png")));
    QVERIFY2(away.error_lines.front().contains("no run folder"), qPrintable(away.error_lines.front()));
  }

  void without_opengl_the_links_are_in_their_places_too() {
    const QTemporaryDir folder;
    const QString picture = folder.filePath("plain.png");
    QCOMPARE(run({"--capture", picture}, "offscreen").status, 0);
    const QImage image(picture);
    QCOMPARE(image.size(), QSize(1600, 1000));
    // The layered drawing fills its pane, which stands left of the middle: all of its columns hold coloured links.
    int columns_with_links = 0;
    for (int x = 420; x < 790; ++x) {
      int colored = 0;
      for (int y = 410; y < 680; ++y) colored += image.pixelColor(x, y).hsvSaturation() > 40 ? 1 : 0;
      columns_with_links += colored > 20 ? 1 : 0;
    }
    QVERIFY2(columns_with_links > 300, qPrintable(QString::number(columns_with_links)));
  }

  void a_capture_that_cannot_be_made_says_why() {
    QTemporaryDir folder;
    const Outcome missing = run({folder.filePath("missing.npz"), "--capture", folder.filePath("a.png")});
    QCOMPARE(missing.status, 1);
    QCOMPARE(missing.error_lines.size(), 1);
    QVERIFY(missing.error_lines.front().contains("missing.npz"));
    const Outcome unwritable = run({"--capture", folder.filePath("no/such/folder/a.png")});
    QCOMPARE(unwritable.status, 1);
    QCOMPARE(unwritable.error_lines.size(), 1);
  }
};

DNM_TEST(TestProgram, dnm::test::StartsWindows<QCoreApplication>)
#include "test_program.moc"
