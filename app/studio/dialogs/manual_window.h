// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QString>
#include <QTextBrowser>

class QLineEdit;
class QTreeWidget;

namespace dnm {

/// Shows the pages of the manual; links between them work, those to papers open in the browser of the desktop.
class ManualBrowser : public QTextBrowser {
  Q_OBJECT
 public:
  explicit ManualBrowser(QWidget* parent);
  /// Opens a page, at a heading if `anchor` names one.
  void show_page(const QString& topic, const QString& anchor = {});
  /// The page on screen.
  [[nodiscard]] QString topic() const;
  /// Marks every occurrence of each word, and moves to the first.
  void mark(const QString& words);

 protected:
  QVariant loadResource(int type, const QUrl& name) override;

 private:
  void open_link(const QUrl& link);
  /// Frames its tables and scrolls to the heading in the URL, which source() does not report yet.
  void finish_page(const QUrl& url);
};

/// A window beside the main one with the contents, a search field and the browser. Made once and then shown again.
class ManualWindow : public QDialog {
  Q_OBJECT
 public:
  explicit ManualWindow(QWidget* parent);
  [[nodiscard]] ManualBrowser& browser() { return *browser_; }

 private:
  void fill_contents();
  void search();
  void select_page(const QString& topic);

  QLineEdit* search_;
  QTreeWidget* contents_;
  ManualBrowser* browser_;
};

}  // namespace dnm
