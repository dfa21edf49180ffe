// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>
#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli/dnm_process.h"

/// What tests of dnm train share: a folder of small image files, and trainings on them.
class TrainingFolder : public QObject {
 protected:
  QTemporaryDir folder_;

  static QByteArray big_endian(quint32 number) {
    QByteArray bytes;
    for (const int shift : {24, 16, 8, 0}) bytes.append(static_cast<char>((number >> shift) & 0xFF));
    return bytes;
  }
  void write(const QString& name, const QByteArray& content) {
    QFile file(folder_.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
  }
  /// Images of 28 x 28 in ten classes: class c is a bright pair of rows, on a pattern that differs from image to image.
  void write_images(const QString& kind, int count) {
    QByteArray images = big_endian(0x803) + big_endian(static_cast<quint32>(count)) + big_endian(28) + big_endian(28);
    QByteArray labels = big_endian(0x801) + big_endian(static_cast<quint32>(count));
    for (int image = 0; image < count; ++image) {
      const int label = image % 10;
      for (int pixel = 0; pixel < 784; ++pixel) {
        const bool bright = pixel / 28 / 2 == label;
        images.append(static_cast<char>(bright ? 200 : (pixel * 7 + image * 13) % 40));
      }
      labels.append(static_cast<char>(label));
    }
    write(kind + "-images-idx3-ubyte", images);
    write(kind + "-labels-idx1-ubyte", labels);
  }
  QStringList arguments(const QStringList& more) const {
    return QStringList{"train",    "--data", "mnist",      "--data-dir", folder_.path(),
                       "--hidden", "60,40",  "--sparsity", "0.8"} +
           more;
  }
  Outcome run(const QStringList& more) const { return run_dnm(arguments(more), folder_.path()); }
  /// The accuracies of the lines of one seed, first epoch first.
  static QList<double> accuracies(const QList<QJsonObject>& lines, int seed) {
    QList<double> values;
    for (const QJsonObject& line : lines) {
      if (line.contains("seed") && line["seed"].toInt() == seed) values.push_back(line["test_accuracy"].toDouble());
    }
    return values;
  }

  void write_data() {
    write_images("train", 400);
    write_images("t10k", 100);
  }
};
