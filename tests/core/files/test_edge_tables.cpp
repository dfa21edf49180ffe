// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTest>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/files/network_builder.h"
#include "core/files/network_files.h"
#include "core/support/error.h"
#include "tests/core/files/network_samples.h"
#include "tests/support/test_class.h"

using dnm::Network;
using dnm::NetworkFile;
using dnm::NodeIndex;
using dnm::ReadAs;
using dnm::test::must_refuse;
using dnm::test::notices_of;
using dnm::test::write_content;

namespace {

/// "a-b c-d", each link and the list in rising order of the names; nodes without links follow as "e".
QString named_links(const Network& network) {
  const auto name = [&](NodeIndex node) {
    const std::string_view given = network.name_of(node);
    return given.empty() ? QString::number(node)
                         : QString::fromUtf8(given.data(), static_cast<qsizetype>(given.size()));
  };
  std::set<QString> links, alone;
  for (NodeIndex node = 0; node < network.node_count(); ++node) alone.insert(name(node));
  dnm::for_each_link(network, [&](NodeIndex u, NodeIndex v) {
    alone.erase(name(u));
    alone.erase(name(v));
    links.insert(std::min(name(u), name(v)) + "-" + std::max(name(u), name(v)));
  });
  QStringList words(links.begin(), links.end());
  words += QStringList(alone.begin(), alone.end());
  return words.join(' ');
}

std::vector<std::string> ids_of(const NetworkFile& file) { return file.network->names().ids; }

}  // namespace

/// Tables of links that other programs write, with and without numbers, names, weights and headers.
class TestEdgeTables : public QObject {
  Q_OBJECT

 private:
  dnm::test::NetworkFolder folder_;

  static void row(const char* name, const char* content, const char* links, const char* notice = "") {
    QTest::newRow(name) << QByteArray(content) << QString::fromUtf8(links) << QString::fromUtf8(notice);
  }
  static void columns() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("links");
    QTest::addColumn<QString>("notice");
  }
  void must_read(const std::string& name) {
    QFETCH(QByteArray, content);
    QFETCH(QString, links);
    QFETCH(QString, notice);
    const NetworkFile file =
        folder_.read(name, std::string_view(content.data(), static_cast<std::size_t>(content.size())));
    QCOMPARE(named_links(*file.network), links);
    if (notice.isEmpty()) {
      QCOMPARE(notices_of(file), QString());
    } else {
      QVERIFY2(notices_of(file).contains(notice), qPrintable(notices_of(file)));
    }
  }

 private Q_SLOTS:
  void reads_lists_of_links_data() {
    columns();
    row("from 0, complete", "0 1\n1 2\n", "0-1 1-2");
    row("from 1", "1\t2\n2\t3\n3\t1\n", "1-2 1-3 2-3", "from 1 to 3");
    row("from 7", "9 8\n7 8\n", "7-8 8-9", "from 7 to 9");
    row("gaps", "# FromNodeId\tToNodeId\n30\t1412\n30\t3352\n3352\t100023\n", "100023-3352 1412-30 30-3352",
        "4 nodes, the last is 100023");
    row("a gap at 0", "0 2\n2 3\n", "0-2 2-3", "gaps");
    row("huge numbers", "18446744073709551615 3\n3 5\n", "18446744073709551615-3 3-5", "gaps");
    row("larger than any number", "99999999999999999999 3\n", "3-99999999999999999999", "words");
    row("numbers that are not written as numbers", "007 7\n", "007-7", "words");
    row("negative", "0 -1\n", "-1-0", "words");
    row("names with blanks", "New York\tBoston\nBoston\tLos Angeles\n", "Boston-Los Angeles Boston-New York", "words");
    row("names and blanks", "alpha beta\nbeta   gamma\n", "alpha-beta beta-gamma", "words");
    row("quoted names", "\"a b\" \"c\"\n\"c\" d\n", "a b-c c-d", "words");
    row("a quote that is a letter", "5'-\"x\tb\n\"open\tb\n", "\"open-b 5'-\"x-b", "words");
    row("commas", "a,b\nb,c\n", "a-b b-c", "words");
    row("commas and blanks", "0, 1\n1, 2\n", "0-1 1-2");
    row("semicolons", "0;1\n1;2\n", "0-1 1-2");
    row("all comments", "# a\n% b\n// c\n\n0 1\n  # d\n1 2\n", "0-1 1-2");
    row("byte order mark, Windows",
        "\xEF\xBB\xBF"
        "1\t2\r\n2\t3\r\n",
        "1-2 2-3", "from 1 to 3");
    row("NetworkX without data", "0 1 {}\n1 2 {}\n", "0-1 1-2");
    row("NetworkX with weights", "0 1 {'weight': 1.0}\n1 2 {'weight': 2.5}\n", "0-1 1-2", "weights in the file");
    row("NetworkX with a weight of 0", "0 1 {'weight': 1}\n1 2 {'weight': 0.0}\n", "0-1 2", "1 link of weight 0");
    row("NetworkX with a missing weight", "0 1 {'weight': nan}\n1 2 {}\n", "0-1 1-2", "1 weight is no number");
    row("NetworkX with other data", "0 1 {'kind': 'a b', 'weight': 1}\n1 2 {}\n", "0-1 1-2", "omitted");
    row("NetworkX with commas", "a,b,{'weight': 1, 'c': 'x, y'}\nb,c,{}\n", "a-b b-c", "omitted");
    row("weights of 0, NaN and nothing", "0\t1\t0\n1\t2\tNaN\n2\t3\t\n", "1-2 2-3 0", "1 weight is no number");
    row("empty weights", "0,1,\n1,2,1\n2,3,\n", "0-1 1-2 2-3", "2 weights are no number");
    row("infinite weights count", "0 1 inf\n1 2 -Inf\n", "0-1 1-2", "weights in the file");
    row("words as weights", "0 1 strong\n1 2 weak\n", "0-1 1-2", "no number");
    row("decimal commas", "0;1;0,5\n1;2;0,0\n", "0-1 2", "1 link of weight 0");
    row("further columns", "0 1 1 1082040961\n1 2 1 1082155839\n", "0-1 1-2", "what follows");
    row("named columns", "from to weight\na b 1\nb c 1\n", "a-b b-c", "words");
    row("STRING's columns", "protein1 protein2 combined_score\n9606.A 9606.B 490\n", "9606.A-9606.B", "combined_score");
    row("unknown names of columns", "gene_a\tgene_b\tscore\nx\ty\t3\ny\tz\t4\n", "x-y y-z", "names of the columns");
    row("words above numbers", "left right\n0 1\n1 2\n", "0-1 1-2", "names of the columns");
    row("nodes of links that are not there", "0 1 1\n2 3 0\n", "0-1 2 3", "weight 0");
    row("loops and repetitions", "0 1\n1 0\n1 1\n", "0-1", "itself");
    row("no last line end", "0 1\n1 2", "0-1 1-2");
    row("lists of neighbours", "a b c d\nb c\nc\nd a\n", "a-b a-c a-d b-c", "neighbours");
    row("neighbours by number", "#x\n0 1 2 3\n1 2\n2\n3\n4\n", "0-1 0-2 0-3 1-2 4", "neighbours");
    row("Latin-1", "Z\xFCrich\tBern\n", "Bern-Zürich", "words");
    row("lines of the first Macintoshes", "a\tb\rb\tc\r", "a-b b-c", "words");
    row("one link with further columns", "1 0 1 7\n", "0-1", "what follows");
    row("numpy.savetxt", "0.000000000000000000e+00 1.000000000000000000e+00\n1.000000000000000000e+00 2.0e+00\n",
        "0-1 1-2", "");
    row("two nodes with further columns", "1 2 5 1\n2 1 5 1\n1 2 5 0\n", "1-2", "what follows");
    row("matrix of numbers", "0 1 0 0\n1 0 1 0\n0 1 0 1.5\n0 0 1.5 0\n", "0-1 1-2 2-3", "matrix");
  }
  void reads_lists_of_links() { must_read("links.tsv"); }

  void reads_csv_data() {
    columns();
    row("Gephi", "Source,Target,Type,Id,Label,timeset,Weight\na,b,Undirected,0,,,1.0\nb,c,Undirected,1,,,1.0\n",
        "a-b b-c", "\"Id\", \"Label\", \"timeset\"");
    row("Gephi, directed", "Source;Target;Type;Weight\n1;2;Directed;1\n2;1;Directed;1\n", "1-2", "directed");
    row("Neo4j", ":START_ID,role,:END_ID,:TYPE\nkeanu,\"Neo\",matrix,ACTED_IN\n", "keanu-matrix", "directed");
    row("Neo4j's spaces of ids", ":START_ID(Person),:END_ID(Film)\n1,1\n2,1\n", "Film:1-Person:1 Film:1-Person:2",
        "words");
    row("igraph", "\"from\",\"to\",\"weight\"\n\"a\",\"b\",1\n", "a-b", "words");
    row("R with row names", "\"\",\"from\",\"to\"\n\"1\",\"a\",\"b\"\n\"2\",\"b\",\"c\"\n", "a-b b-c", "words");
    row("pandas with its index", ",source,target\n0,0,1\n1,1,2\n", "0-1 1-2");
    row("columns in another order", "weight,dst,src\n0.5,1,0\n0,2,1\n", "0-1 2", "1 link of weight 0");
    row("no header", "0,1\n1,2\n", "0-1 1-2");
    row("RFC 4180", "source,target\r\n\"a, \"\"b\"\"\",\"c\nd\"\r\n\"c\nd\",e\r\n", "a, \"b\"-c\nd c\nd-e", "words");
    row("tabs and semicolons", "source\ttarget\na;1\tb\n", "a;1-b", "words");
    row("Excel's hint", "sep=;\nsource;target\na,1;b\n", "a,1-b", "words");
    row("hash signs are names", "source,target\n#me,#you\n#you,%x\n", "#me-#you #you-%x", "words");
    row("UTF-16", "", "");  // filled below
    row("a row with one node", "source,target\n0,1\n2,\n", "0-1 2", "one node alone");
    row("empty rows of a spreadsheet", "source,target,\n0,1,\n,,\n", "0-1");
    row("header alone", "source,target\n", "");
    row("matrix with names", ",A,B,C\nA,0,1,0\nB,1,0,2\nC,0,2,\n", "A-B B-C", "matrix");
    row("matrix that is directed", ";A;B\nA;0;1\nB;0;0\n", "A-B", "directed");
    row("lists of neighbours", "a;b;c;d\nb;a\nc;a\nd;a;c\n", "a-b a-c a-d c-d", "neighbours");
  }
  void reads_csv() {
    if (QString(QTest::currentDataTag()) == "UTF-16") {
      const std::u16string text = u"\uFEFFsource\ttarget\na\u00E4\tb\n";
      const NetworkFile file =
          folder_.read("wide.csv", std::string_view(reinterpret_cast<const char*>(text.data()), 2 * text.size()));
      QCOMPARE(named_links(*file.network), QString::fromUtf8("aä-b"));
      return;
    }
    must_read("links.csv");
  }

  void keeps_numbers_as_ids_in_their_order() {
    const NetworkFile file = folder_.read("gaps.tsv", "30 7\n1412 30\n7 8\n");
    QCOMPARE(ids_of(file), (std::vector<std::string>{"7", "8", "30", "1412"}));
    const dnm::test::LinkList links{{0, 1}, {0, 2}, {2, 3}};
    QVERIFY(*file.network == Network::general(4, links).with_names(file.network->names()));
  }
  void keeps_names_in_the_order_of_appearance() {
    QCOMPARE(ids_of(folder_.read("names.txt", "tp53 brca1\natm tp53\n")),
             (std::vector<std::string>{"tp53", "brca1", "atm"}));
  }

  /// The graph with ids shuffled and spread is the graph itself.
  void compacts_any_numbering() {
    dnm::Random random(5);
    const dnm::test::LinkList all{{0, 4}, {4, 2}, {2, 1}, {1, 3}, {3, 0}, {5, 6}};
    for (int round = 0; round < 20; ++round) {
      std::set<std::uint64_t> drawn;
      while (drawn.size() < 7) drawn.insert(random.below(round % 2 == 0 ? 12 : 1000000000));
      const std::vector<std::uint64_t> ids(drawn.begin(), drawn.end());
      std::string text;
      for (const auto& [u, v] : all) text += std::to_string(ids[u]) + " " + std::to_string(ids[v]) + "\n";
      const NetworkFile file = folder_.read("spread.edges", text);
      QVERIFY(file.network->masks() == Network::general(7, all).masks());
      const bool complete = ids.back() == 6;
      QCOMPARE(ids_of(file).empty(), complete);
      for (NodeIndex node = 0; node < 7 && !complete; ++node) QCOMPARE(ids_of(file)[node], std::to_string(ids[node]));
    }
  }

  void reads_every_usual_name() {
    for (const char* name : {"a.tsv", "a.txt", "a.edges", "a.edgelist", "a.el", "a.EL", "noextension"}) {
      QCOMPARE(named_links(*folder_.read(name, "x y\n").network), QString("x-y"));
    }
  }

  void reads_layers_where_they_are_asked_for() {
    const NetworkFile two = folder_.read("two.csv", "source,target\na,x\nb,x\nb,y\n", {.as = ReadAs::layers});
    QCOMPARE(two.network->layer_sizes(), (std::vector<NodeIndex>{2, 2}));
    QCOMPARE(ids_of(two), (std::vector<std::string>{"a", "b", "x", "y"}));
    QCOMPARE(named_links(*two.network), QString("a-x b-x b-y"));
    const NetworkFile mask =
        folder_.read("mask.csv", "1,0,0,1\n0,1,0,0\n", {.as = ReadAs::layers});  // 2 outputs, 4 inputs
    QCOMPARE(mask.network->layer_sizes(), (std::vector<NodeIndex>{4, 2}));
    QCOMPARE(mask.network->masks().front().columns, (std::vector<NodeIndex>{0, 3, 1}));
    write_content(folder_.file("chain.tsv"), "a b\nb c\n");
    try {
      static_cast<void>(dnm::read_network(folder_.file("chain.tsv"), dnm::ReadOptions{.as = ReadAs::layers}));
      QFAIL("a chain is one layer");
    } catch (const dnm::FileError& error) {
      QVERIFY2(std::string(error.what()).find("\"b\"") != std::string::npos, error.what());
    }
    // A mask or weights that are not square are no list of links: none is among the nodes 0 and 1 alone.
    for (const char* text : {"1,0,0,1\n0,1,0,0\n", "0.5,0.0,0,-1.25\n0,1e-3,0,0\n",
                             "1.0e+00 0.0e+00 0.0e+00 1.0e+00\n0.0e+00 1.0e+00 0.0e+00 0.0e+00\n"}) {
      const NetworkFile bare = folder_.read("bare.csv", text);
      QCOMPARE(bare.network->layer_sizes(), (std::vector<NodeIndex>{4, 2}));
      QVERIFY(bare.network->masks() == mask.network->masks());
      QVERIFY2(notices_of(bare).contains("from 4 inputs to 2 outputs"), qPrintable(notices_of(bare)));
      const NetworkFile graph = folder_.read("bare.csv", text, {.as = ReadAs::graph});
      QVERIFY(!graph.network->is_layered());
      QCOMPARE(named_links(*graph.network), QString("0-4 1-5 3-4 2"));
    }
    // Any layered file as a graph.
    const NetworkFile graph = folder_.read("layers.tsv", "# layers=2,2\n0 2\n1 3\n", {.as = ReadAs::graph});
    QVERIFY(!graph.network->is_layered());
    QCOMPARE(graph.network->link_count(), std::uint64_t{2});
    // A graph is not layers.
    write_content(folder_.file("graph.tsv"), "# N=3\n0 1\n");
    QVERIFY_EXCEPTION_THROWN(
        static_cast<void>(dnm::read_network(folder_.file("graph.tsv"), dnm::ReadOptions{.as = ReadAs::layers})),
        dnm::FileError);
  }

  void refuses_what_is_no_table_of_links_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* title, const char* name, const QByteArray& content, const char* reason) {
      QTest::newRow(title) << QString(name) << content << QString(reason);
    };
    row("one node in a line", "a.tsv", "a b\nb c\nd\n", "line 3");
    row("table of nodes", "a.csv", "Id,Label,Degree\n1,a,3\n", "table of nodes");
    row("Neo4j's nodes", "a.csv", "personId:ID,name,:LABEL\n1,a,P\n", "table of nodes");
    row("a quote without end", "a.csv", "source,target\na,\"b\n", "line 2");
    row("a short row", "a.csv", "source,weight,target\na,1,b\na,1\n", "line 3");
    row("a matrix with a row missing", "a.csv", ",A,B,C\nA,0,1,0\nB,1,0,2\n", "truncated");
    row("NetworkX's multiline lists", "a.txt", "# x\n0 2\n1 {'weight': 4}\n2 {}\n1 0\n2 0\n", "write_edgelist");
    row("NUL", "a.tsv", QByteArray("0 1\n1 \0 2\n", 10), "NUL");
    row("bytes that are no text", "a.tsv", QByteArray("\x01\x02\0\x03", 4), "NUL");
    row("UTF-16 without its mark", "a.csv", QByteArray("a\0,\0b\0\n\0", 8), "NUL");
  }
  void refuses_what_is_no_table_of_links() {
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    QFETCH(QString, reason);
    write_content(folder_.file(name.toStdString()),
                  std::string(content.data(), static_cast<std::size_t>(content.size())));
    must_refuse(folder_.file(name.toStdString()), reason);
  }

  /// Ten million characters in one line, of whatever kind, take time in proportion to them and no stack.
  void reads_very_long_lines() {
    constexpr std::size_t length = 2'000'000;
    const auto repeated = [](std::string_view part) {
      std::string text;
      while (text.size() < length) text += part;
      return text;
    };
    for (const char* part : {"\"a\"b ", "{a ", "1 2 "}) {
      const std::string text = repeated(part);
      for (const char* name : {"long.tsv", "long.csv"}) {
        write_content(folder_.file(name), text);
        const auto outcome = dnm::test::outcome_of(folder_.file(name));
        if (const auto* message = std::get_if<std::string>(&outcome)) QVERIFY2(message->size() < 500, part);
      }
    }
    const NetworkFile file = folder_.read("names.tsv", repeated("x").append("\ty\n"));
    QCOMPARE(file.network->name_of(0).size(), length);
  }

  void reading_can_be_stopped() {
    std::string text = "source,target\n";
    for (int link = 0; link < 70000; ++link) text += "a" + std::to_string(link) + ",b\n";
    write_content(folder_.file("long.csv"), text);
    std::stop_source source;
    source.request_stop();
    QVERIFY_EXCEPTION_THROWN(
        static_cast<void>(dnm::read_network(folder_.file("long.csv"), dnm::TaskControl{source.get_token(), {}})),
        dnm::Cancelled);
    double told = 0.0;
    bool falls = false;
    const auto tell = [&](double fraction) {
      falls |= fraction < told || fraction > 1.0;
      told = fraction;
    };
    QCOMPARE(dnm::read_network(folder_.file("long.csv"), dnm::TaskControl{{}, tell}).network->link_count(),
             std::uint64_t{70000});
    QVERIFY(!falls && told > 0.5);
  }

  void survives_damage_anywhere() {
    const std::vector<std::string> tables{
        "Source,Target,Type,Weight\n\"a, b\",c,Directed,0.5\nc,\"d\"\"e\",Directed,0\n",
        ",A,B,C\nA,0,1,0\nB,1,0,2\nC,0,2,\n", "a;b;c;d\nb;a\nc;a\nd;a;c\n", "0 1 {'weight': 2.5}\n1 2 {'a': {}}\n",
        "1\t2\t0.5\n3\t4\t\n"};
    for (const std::string& table : tables) {
      for (std::size_t position = 0; position <= table.size(); ++position) {
        for (const char letter : {'"', '\n', ',', '\t', '{', '\0', '\x85'}) {
          for (const bool replaces : {true, false}) {
            std::string damaged = table;
            if (replaces && position < table.size()) damaged[position] = letter;
            if (!replaces) damaged.insert(position, 1, letter);
            for (const char* name : {"damaged.tsv", "damaged.csv"}) {
              write_content(folder_.file(name), damaged);
              static_cast<void>(dnm::test::outcome_of(folder_.file(name)));
            }
          }
        }
      }
    }
  }
};

DNM_TEST(TestEdgeTables, QCoreApplication)
#include "test_edge_tables.moc"
