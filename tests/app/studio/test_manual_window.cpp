// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>
#include <QTreeWidget>
#include <QUrl>
#include <algorithm>

#include "app/studio/dialogs/manual_window.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/manual.h"
#include "tests/support/test_class.h"

using namespace dnm;

/// The reader of the manual: contents, links, search.
class TestManualWindow : public QObject {
  Q_OBJECT

  std::unique_ptr<ManualWindow> window_;

  template <class Widget>
  Widget* find(const char* name) {
    auto* widget = window_->findChild<Widget*>(name);
    if (!widget) qFatal("there is no widget %s", name);
    return widget;
  }

  [[nodiscard]] QStringList visible_topics() {
    QStringList topics;
    for (QTreeWidgetItemIterator item(find<QTreeWidget>("manual-contents")); *item; ++item) {
      const QString topic = (*item)->data(0, Qt::UserRole).toString();
      if (!topic.isEmpty() && !(*item)->isHidden()) topics += topic;
    }
    return topics;
  }

  [[nodiscard]] QStringList links_on_page() {
    QStringList links;
    const QTextDocument* document = window_->browser().document();
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
      for (auto part = block.begin(); !part.atEnd(); ++part) {
        const QTextCharFormat format = part.fragment().charFormat();
        if (format.isAnchor() && !links.contains(format.anchorHref())) links += format.anchorHref();
      }
    }
    return links;
  }

 private Q_SLOTS:
  void init() {
    window_ = std::make_unique<ManualWindow>(nullptr);
    window_->show();
  }

  void opens_at_the_index_and_names_its_widgets() {
    QCOMPARE(window_->browser().topic(), QString("index"));
    QVERIFY(window_->browser().toPlainText().startsWith("Manual\n"));
    for (const char* name : {"manual-search", "manual-contents", "manual-page"})
      QVERIFY(!find<QWidget>(name)->accessibleName().isEmpty());
  }

  void contents_hold_every_page() {
    QStringList topics = visible_topics();
    QCOMPARE(topics.size(), static_cast<qsizetype>(manual_pages().size()));
    for (const ManualPage& page : manual_pages()) {
      QVERIFY2(topics.contains(to_qt(page.topic)), page.topic.data());
      window_->browser().show_page(to_qt(page.topic));
      QCOMPARE(window_->browser().topic(), to_qt(page.topic));
      QVERIFY(window_->browser().toPlainText().startsWith(QString::fromStdString(manual_title(page))));
      QCOMPARE(find<QTreeWidget>("manual-contents")->currentItem()->data(0, Qt::UserRole).toString(),
               to_qt(page.topic));
      for (const QString& link : links_on_page()) {
        QVERIFY2(link.startsWith("https://") || follow_manual_link(page, link.toStdString()),
                 qPrintable(to_qt(page.topic) + " links " + link));
      }
    }
  }

  void papers_are_links() {
    window_->browser().show_page("methods/measures");
    QVERIFY(links_on_page().contains("https://doi.org/10.1137/070710111"));
    QVERIFY(links_on_page().contains("https://arxiv.org/abs/cond-mat/0312028"));
  }

  void a_link_opens_its_page_at_the_heading_and_back_returns() {
    ManualBrowser& browser = window_->browser();
    browser.show_page("methods/baselines");
    Q_EMIT browser.anchorClicked(QUrl("model.md#random-rewiring"));
    QCOMPARE(browser.topic(), QString("methods/model"));
    QCOMPARE(browser.textCursor().block().text(), QString("Random rewiring"));
    QVERIFY(find<QToolButton>("manual-back")->isEnabled());
    find<QToolButton>("manual-back")->click();
    QCOMPARE(browser.topic(), QString("methods/baselines"));
    find<QToolButton>("manual-forward")->click();
    QCOMPARE(browser.topic(), QString("methods/model"));
  }

  void a_click_in_the_contents_opens_the_page() {
    auto* contents = find<QTreeWidget>("manual-contents");
    for (QTreeWidgetItemIterator item(contents); *item; ++item) {
      if ((*item)->data(0, Qt::UserRole).toString() == "using/files") contents->setCurrentItem(*item);
    }
    QCOMPARE(window_->browser().topic(), QString("using/files"));
  }

  void search_filters_the_contents_and_marks_the_words() {
    QTest::keyClicks(find<QLineEdit>("manual-search"), "Hurwitz zeta");
    QCOMPARE(visible_topics(), QStringList{"methods/measures"});
    QCOMPARE(window_->browser().topic(), QString("methods/measures"));
    const auto marks = window_->browser().extraSelections();
    QVERIFY(std::ranges::any_of(marks, [](const auto& mark) { return mark.cursor.selectedText() == "Hurwitz"; }));
    find<QLineEdit>("manual-search")->clear();
    QCOMPARE(visible_topics().size(), static_cast<qsizetype>(manual_pages().size()));
    QVERIFY(window_->browser().extraSelections().isEmpty());
  }
};

DNM_TEST(TestManualWindow, dnm::test::Offscreen<QApplication>)
#include "test_manual_window.moc"
