// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/start/small_picture.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QImageReader>
#include <QPainter>
#include <algorithm>
#include <exception>
#include <memory>
#include <numeric>
#include <span>
#include <utility>

#include "app/studio/pins/pin_painter.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/experiments/experiment_charts.h"
#include "app/workspace/session/opened_file.h"
#include "app/workspace/state.h"
#include "core/embedding/embedding.h"
#include "core/files/atomic_file.h"
#include "core/files/presets.h"
#include "core/files/tensor_stack.h"
#include "core/models/allocation.h"
#include "core/models/initialiser.h"
#include "core/network/graph.h"
#include "core/support/error.h"
#include "core/support/version.h"
#include "viz/paper/paper_painter.h"

namespace dnm {

namespace {

constexpr std::uint64_t most_links = 2000000;
constexpr NodeIndex most_in_disk = 1500;  // neurons
constexpr qint64 largest_file = 64 << 20;
constexpr int most_kept = 200;
constexpr int most_tables = 64;  // of runs, looked at for what is new
constexpr double text_points = 4.5;

/// Words that change whenever the file, or what the folder of runs holds, does.
QString stamp_of(const QFileInfo& file) {
  QDateTime newest = file.lastModified();
  qint64 size = file.isDir() ? 0 : file.size();
  if (file.isDir()) {
    QDirIterator tables(file.filePath(), {"epochs.csv"}, QDir::Files, QDirIterator::Subdirectories);
    for (int count = 0; count < most_tables && tables.hasNext(); ++count) {
      tables.next();
      newest = std::max(newest, tables.fileInfo().lastModified());
      size += tables.fileInfo().size();
    }
  }
  return QStringLiteral("%1 %2").arg(newest.toMSecsSinceEpoch()).arg(size);
}

/// Where the picture is kept; a name that only this source in this state and look has.
std::filesystem::path place_in(const std::filesystem::path& folder, const PictureSource& source,
                               const SmallPictureLook& look) {
  QString words = QString::fromLatin1(program_version()) + "\n" + to_qt(source.preset) + "\n" + source.file.to_line();
  if (source.preset.empty()) words += "\n" + stamp_of(QFileInfo(source.file.path));
  words += QStringLiteral("\n%1 %2 %3 %4 %5")
               .arg(look.size.width())
               .arg(look.size.height())
               .arg(look.pixel_ratio)
               .arg(look.dpi)
               .arg(look.charts.dark);
  const QByteArray name = QCryptographicHash::hash(words.toUtf8(), QCryptographicHash::Sha1).toHex();
  return folder / (name.toStdString() + ".png");
}

void keep(const QImage& image, const std::filesystem::path& place) {
  std::error_code failed;
  std::filesystem::create_directories(place.parent_path(), failed);
  QByteArray bytes;
  QBuffer buffer(&bytes);
  if (!image.save(&buffer, "PNG")) return;
  try {
    write_atomically(place, std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
  } catch (const Error&) {
    return;  // it will be painted again
  }
  QFileInfoList kept = QDir(to_qt(place.parent_path().string())).entryInfoList({"*.png"}, QDir::Files, QDir::Time);
  for (qsizetype old = most_kept; old < kept.size(); ++old) QFile::remove(kept[old].filePath());
}

PageSize page_of(const SmallPictureLook& look) {
  const double points = 72.0 / look.dpi;
  return {look.size.width() * points, look.size.height() * points, look.pixel_ratio / points};
}

QSize pixels_of(const SmallPictureLook& look) { return (QSizeF(look.size) * look.pixel_ratio).toSize(); }

QImage network_image(const NetworkPointer& network, ViewSettings view, const SmallPictureLook& look,
                     const TaskControl& control) {
  const bool is_small = network->node_count() <= most_in_disk;
  if (!is_small) {
    view.pictures.node_coloring = PictureOptions{}.node_coloring;
    view.pictures.order = NodeOrder::number;
  }
  PinPainter::Job job{
      &network_scene(is_small ? "disk" : "matrix"), {}, {view.pictures}, page_of(look), pixels_of(look), {}};
  job.input.network = network;
  job.options.dark = look.charts.dark;
  job.options.legend = false;
  job.options.text_size = text_points;
  const PictureDemand demand = demand_of(*job.kind, job.options);
  if (demand.embedding || !demand.measures.empty()) {
    const Graph graph(*network, control);
    if (demand.embedding) {
      job.input.embedding =
          std::make_shared<const Embedding>(in_standard_orientation(embed(graph, view.embedding, control, 1)));
    }
    MeasureSettings settings = view.measures;
    settings.threads = 1;
    for (const std::string_view id : demand.measures) {
      measurement_of(job.input, id).value =
          std::make_shared<const Measurement>(measure(id).compute(graph, settings, control, {}));
    }
  }
  return PinPainter::image_of(job, control);
}

QImage state_image(const WorkspaceState& state, const SmallPictureLook& look, const TaskControl& control) {
  NetworkPointer network = given_network(state);
  if (!network && is_drawn(state)) {
    const std::vector<std::uint64_t> links = links_of_layers(state.parameters);
    if (std::accumulate(links.begin(), links.end(), std::uint64_t{0}) > most_links) return {};
    network = generate(state.parameters, control, {.threads = 1}).network;
  }
  if (!network || network->link_count() > most_links) return {};
  return network_image(network, state.view, look, control);
}

QImage runs_image(std::span<const Experiment> runs, const SmallPictureLook& look) {
  const std::vector<Chart> charts = experiment_charts(runs, 0.0);
  if (charts.empty()) return {};
  const PageSize page = page_of(look);
  ChartStyle style = look.charts;
  style.width = page.width;
  style.height = page.height;
  style.text_size = text_points + 0.5;
  style.named_beside = true;
  const ChartPicture made = charts_scene(std::span(charts).first(1), style);
  QImage image(pixels_of(look), QImage::Format_RGB32);
  image.fill(look.ground);
  QPainter painter(&image);
  painter.scale(image.width() / page.width, image.height() / page.height);
  paint_scene(painter, made.scene, QRectF(0.0, 0.0, page.width, page.height), PaperStyle::raster());
  return image;
}

/// The whole image, on white.
QImage page_image(const QString& file, const SmallPictureLook& look) {
  QImageReader reader(file);
  const QSize pixels = pixels_of(look);
  reader.setScaledSize(reader.size().scaled(pixels, Qt::KeepAspectRatio));
  const QImage page = reader.read();
  if (page.isNull()) return {};
  QImage image(pixels, QImage::Format_RGB32);
  image.fill(Qt::white);
  QPainter(&image).drawImage((pixels.width() - page.width()) / 2, (pixels.height() - page.height()) / 2, page);
  return image;
}

SmallPicture file_picture(const RecentFile& file, const SmallPictureLook& look, const TaskControl& control) {
  const QFileInfo info(file.path);
  if (info.isFile() && info.size() > largest_file) return {};
  if (info.suffix().toLower() == "png") return {page_image(file.path, look), {}};
  const OpenedFile opened = open_file(file.path.toStdString(), file.reading, control);
  if (!opened.runs.empty()) return {runs_image(opened.runs, look), {}};
  WorkspaceState state;
  if (opened.session) {
    state = opened.session->state;
  } else {
    state.shown = opened.network;
  }
  QImage image = state_image(state, look, control);
  if (image.isNull() && opened.session && !opened.session->runs.empty()) image = runs_image(opened.session->runs, look);
  return {image, {}};
}

SmallPicture painted(const PictureSource& source, const SmallPictureLook& look, const TaskControl& control) {
  try {
    if (source.preset.empty()) return file_picture(source.file, look, control);
    WorkspaceState state = first_session().state;
    state.parameters = preset(source.preset).parameters;
    return {state_image(state, look, control), {}};
  } catch (const Cancelled&) {
    throw;
  } catch (const TensorChoiceNeeded&) {
    return {};  // it opens with a question
  } catch (const ResourceError&) {
    return {};
  } catch (const std::exception& error) {
    return {{}, QString::fromUtf8(error.what())};
  }
}

}  // namespace

SmallPicture small_picture(const PictureSource& source, const SmallPictureLook& look,
                           const std::filesystem::path& folder, const TaskControl& control) {
  if (source.preset.empty()) {
    const QFileInfo info(source.file.path);
    if (!info.exists()) return {{}, Words::tr("not there any more")};
    if (!info.isReadable()) return {{}, Words::tr("may not be read")};
  }
  const std::filesystem::path place = folder.empty() ? folder : place_in(folder, source, look);
  if (QImage kept; !place.empty() && kept.load(to_qt(place.string()))) {
    kept.setDevicePixelRatio(look.pixel_ratio);
    return {kept, {}};
  }
  SmallPicture made = painted(source, look, control);
  if (!made.image.isNull() && !place.empty()) keep(made.image, place);
  made.image.setDevicePixelRatio(look.pixel_ratio);
  return made;
}

}  // namespace dnm
