// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/dialogs/manual_window.h"

#include <QDesktopServices>
#include <QLineEdit>
#include <QRegularExpression>
#include <QScrollBar>
#include <QShortcut>
#include <QSplitter>
#include <QTextBlock>
#include <QTextFrame>
#include <QTextTable>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "app/studio/widgets/text.h"
#include "app/workspace/manual.h"

namespace dnm {

namespace {

constexpr int topic_role = Qt::UserRole;

QUrl url_of(const QString& topic, const QString& anchor) {
  QUrl url("manual:/" + topic + ".md");
  if (!anchor.isEmpty()) url.setFragment(anchor);
  return url;
}

QString topic_of(const QUrl& url) { return url.path().mid(1).chopped(3); }

/// DOIs and arXiv numbers outside code blocks become links.
QString with_paper_links(const QString& markdown) {
  static const QRegularExpression doi(R"((?<![\w/])doi:(10\.\d{4,}/[^\s,;)|]*[A-Za-z0-9]))");
  static const QRegularExpression arxiv(R"((?<![\w/])arXiv:([a-z-]*/?\d[\d.]*\d))");
  QStringList lines = markdown.split('\n');
  bool in_code = false;
  for (QString& line : lines) {
    if (is_manual_fence(line.toStdString())) in_code = !in_code;
    if (in_code) continue;
    line.replace(doi, R"([doi:\1](https://doi.org/\1))");
    line.replace(arxiv, R"([arXiv:\1](https://arxiv.org/abs/\1))");
  }
  return lines.join('\n');
}

void frame_tables(QTextFrame* frame) {
  for (QTextFrame* child : frame->childFrames()) {
    if (auto* table = qobject_cast<QTextTable*>(child)) {
      QTextTableFormat format = table->format();
      format.setCellPadding(4);
      format.setCellSpacing(0);
      format.setBorder(0.5);
      format.setBorderCollapse(true);
      format.setBottomMargin(4);
      table->setFormat(format);
    }
    frame_tables(child);
  }
}

/// The headings of the contents; pages without one of these prefixes come first.
struct Section {
  const char* prefix;
  const char* title;
};
constexpr Section sections[] = {{"using/", QT_TRANSLATE_NOOP("dnm::Words", "Using it")},
                                {"methods/", QT_TRANSLATE_NOOP("dnm::Words", "Methods")},
                                {"how-to/", QT_TRANSLATE_NOOP("dnm::Words", "How to")}};

}  // namespace

ManualBrowser::ManualBrowser(QWidget* parent) : QTextBrowser(parent) {
  setObjectName("manual-page");
  setAccessibleName(tr("Page of the manual"));
  setOpenLinks(false);
  document()->setDocumentMargin(16);
  connect(this, &QTextBrowser::anchorClicked, this, &ManualBrowser::open_link);
  connect(this, &QTextBrowser::sourceChanged, this, &ManualBrowser::finish_page);
}

void ManualBrowser::show_page(const QString& topic, const QString& anchor) {
  setSource(url_of(topic, anchor), QTextDocument::MarkdownResource);
}

QString ManualBrowser::topic() const { return topic_of(source()); }

QVariant ManualBrowser::loadResource(int type, const QUrl& name) {
  const ManualPage* page = find_manual_page(topic_of(name).toStdString());
  return page ? QVariant(with_paper_links(to_qt(page->text))) : QTextBrowser::loadResource(type, name);
}

void ManualBrowser::open_link(const QUrl& link) {
  if (link.scheme().startsWith("http")) {
    QDesktopServices::openUrl(link);
    return;
  }
  const ManualPage* page = find_manual_page(topic().toStdString());
  if (!page) return;
  if (const auto target = follow_manual_link(*page, link.toString().toStdString()))
    show_page(to_qt(target->page->topic), to_qt(target->anchor));
}

void ManualBrowser::finish_page(const QUrl& url) {
  frame_tables(document()->rootFrame());
  const ManualPage* page = find_manual_page(topic_of(url).toStdString());
  const std::string anchor = url.fragment().toStdString();
  if (!page || anchor.empty()) return;
  const auto headings = manual_headings(*page);
  const auto wanted = std::ranges::find(headings, anchor, &ManualHeading::anchor) - headings.begin();
  std::ptrdiff_t place = 0;
  for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
    if (block.blockFormat().headingLevel() == 0) continue;
    if (place++ != wanted) continue;
    setTextCursor(QTextCursor(block));
    const QRect line = cursorRect();
    verticalScrollBar()->setValue(verticalScrollBar()->value() + line.top());
    return;
  }
}

void ManualBrowser::mark(const QString& words) {
  QList<QTextEdit::ExtraSelection> marks;
  for (const QString& word : words.split(' ', Qt::SkipEmptyParts)) {
    for (QTextCursor found = document()->find(word); !found.isNull(); found = document()->find(word, found)) {
      QTextEdit::ExtraSelection mark;
      mark.cursor = found;
      mark.format.setBackground(palette().highlight());
      mark.format.setForeground(palette().highlightedText());
      marks.append(mark);
    }
  }
  std::ranges::sort(marks, {}, [](const QTextEdit::ExtraSelection& mark) { return mark.cursor.position(); });
  setExtraSelections(marks);
  if (marks.isEmpty()) return;
  QTextCursor first = marks.first().cursor;
  first.clearSelection();
  setTextCursor(first);
  ensureCursorVisible();
}

ManualWindow::ManualWindow(QWidget* parent)
    : QDialog(parent, Qt::Window),
      search_(new QLineEdit),
      contents_(new QTreeWidget),
      browser_(new ManualBrowser(this)) {
  setObjectName("manual");
  setAccessibleName(tr("Manual"));
  setWindowTitle(tr("Manual"));

  search_->setObjectName("manual-search");
  search_->setAccessibleName(tr("Search the manual"));
  search_->setPlaceholderText(tr("Search the manual"));
  search_->setClearButtonEnabled(true);
  contents_->setObjectName("manual-contents");
  contents_->setAccessibleName(tr("Contents of the manual"));
  contents_->setHeaderHidden(true);

  auto* bar = new QHBoxLayout;
  const auto button = [&](const char* name, const QString& text, const QKeySequence& key, auto slot) {
    auto* made = new QToolButton(this);
    made->setObjectName(name);
    made->setText(text);
    made->setToolTip(text + " (" + key.toString(QKeySequence::NativeText) + ")");
    connect(made, &QToolButton::clicked, browser_, slot);
    connect(new QShortcut(key, this), &QShortcut::activated, browser_, slot);
    bar->addWidget(made);
    return made;
  };
  QToolButton* back = button("manual-back", tr("Back"), QKeySequence::Back, &QTextBrowser::backward);
  QToolButton* forward = button("manual-forward", tr("Forward"), QKeySequence::Forward, &QTextBrowser::forward);
  back->setEnabled(false);
  forward->setEnabled(false);
  connect(browser_, &QTextBrowser::backwardAvailable, back, &QWidget::setEnabled);
  connect(browser_, &QTextBrowser::forwardAvailable, forward, &QWidget::setEnabled);
  bar->addStretch();

  auto* left = new QWidget;
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(0, 0, 0, 0);
  column->addLayout(bar);
  column->addWidget(search_);
  column->addWidget(contents_);
  auto* splitter = new QSplitter;
  splitter->addWidget(left);
  splitter->addWidget(browser_);
  splitter->setStretchFactor(1, 1);
  splitter->setSizes({260, 740});
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(splitter);
  resize(1000, 760);

  connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, this, [this] {
    search_->setFocus();
    search_->selectAll();
  });
  connect(search_, &QLineEdit::textChanged, this, &ManualWindow::search);
  connect(contents_, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
    const QString topic = item ? item->data(0, topic_role).toString() : QString();
    if (topic.isEmpty() || topic == browser_->topic()) return;
    browser_->show_page(topic);
    browser_->mark(search_->text());
  });
  connect(browser_, &QTextBrowser::sourceChanged, this, [this](const QUrl& url) { select_page(topic_of(url)); });
  fill_contents();
  browser_->show_page("index");
  search_->setFocus();
}

void ManualWindow::fill_contents() {
  for (const Section& section : sections) {
    auto* group = new QTreeWidgetItem({Words::tr(section.title)});
    group->setFlags(Qt::ItemIsEnabled);
    contents_->addTopLevelItem(group);
  }
  int top = 0;
  for (const ManualPage& page : manual_pages()) {
    auto* item = new QTreeWidgetItem({to_qt(manual_title(page))});
    item->setData(0, topic_role, to_qt(page.topic));
    item->setToolTip(0, to_qt(page.summary));
    const auto section = std::ranges::find_if(
        sections, [&page](const Section& candidate) { return page.topic.starts_with(candidate.prefix); });
    if (section == std::end(sections)) {
      contents_->insertTopLevelItem(top++, item);
    } else {
      contents_->topLevelItem(top + static_cast<int>(section - std::begin(sections)))->addChild(item);
    }
  }
  contents_->expandAll();
}

void ManualWindow::search() {
  const auto found = search_manual(search_->text().toStdString());
  for (QTreeWidgetItemIterator item(contents_); *item; ++item) {
    const std::string topic = (*item)->data(0, topic_role).toString().toStdString();
    if (topic.empty()) continue;
    (*item)->setHidden(std::ranges::none_of(found, [&](const ManualPage* page) { return page->topic == topic; }));
  }
  for (int i = 0; i < contents_->topLevelItemCount(); ++i) {
    QTreeWidgetItem* group = contents_->topLevelItem(i);
    if (!group->data(0, topic_role).toString().isEmpty()) continue;
    bool is_empty = true;
    for (int child = 0; child < group->childCount(); ++child) is_empty &= group->child(child)->isHidden();
    group->setHidden(is_empty);
  }
  const std::string shown = browser_->topic().toStdString();
  if (!found.empty() && std::ranges::none_of(found, [&](const ManualPage* page) { return page->topic == shown; }))
    browser_->show_page(to_qt(found.front()->topic));
  browser_->mark(search_->text());
}

void ManualWindow::select_page(const QString& topic) {
  const QSignalBlocker quiet(contents_);
  for (QTreeWidgetItemIterator item(contents_); *item; ++item) {
    if ((*item)->data(0, topic_role).toString() == topic) contents_->setCurrentItem(*item);
  }
}

}  // namespace dnm
