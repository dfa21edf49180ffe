<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>tables</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 G links/s</source>
        <translation>%1 G Verbindungen/s</translation>
    </message>
    <message>
        <source>%1 M examples/s</source>
        <translation>%1 M Beispiele/s</translation>
    </message>
    <message>
        <source>%1 M links/s</source>
        <translation>%1 M Verbindungen/s</translation>
    </message>
    <message>
        <source>%1 M pieces/s</source>
        <translation>%1 M Stücke/s</translation>
    </message>
    <message>
        <source>%1 done</source>
        <translation>%1 fertig</translation>
    </message>
    <message>
        <source>%1 draw</source>
        <translation>%1 Ziehung</translation>
    </message>
    <message>
        <source>%1 examples/s</source>
        <translation>%1 Beispiele/s</translation>
    </message>
    <message>
        <source>%1 h %2 min of work</source>
        <translation>%1 h %2 min Arbeit</translation>
    </message>
    <message>
        <source>%1 input</source>
        <translation>%1 Eingang</translation>
    </message>
    <message>
        <source>%1 inputs</source>
        <translation>%1 Eingänge</translation>
    </message>
    <message>
        <source>%1 kept</source>
        <translation>%1 behalten</translation>
    </message>
    <message>
        <source>%1 layer</source>
        <translation>%1 Schicht</translation>
    </message>
    <message>
        <source>%1 layers</source>
        <translation>%1 Schichten</translation>
    </message>
    <message>
        <source>%1 link</source>
        <translation>%1 Verbindung</translation>
    </message>
    <message>
        <source>%1 links</source>
        <translation>%1 Verbindungen</translation>
    </message>
    <message>
        <source>%1 links/s</source>
        <translation>%1 Verbindungen/s</translation>
    </message>
    <message>
        <source>%1 matrices</source>
        <translation>%1 Matrizen</translation>
    </message>
    <message>
        <source>%1 matrices of %2 neurons</source>
        <translation>%1 Matrizen mit %2 Neuronen</translation>
    </message>
    <message>
        <source>%1 matrices of %2 to %3 neurons</source>
        <translation>%1 Matrizen mit %2 bis %3 Neuronen</translation>
    </message>
    <message>
        <source>%1 min %2 s of work</source>
        <translation>%1 min %2 s Arbeit</translation>
    </message>
    <message>
        <source>%1 more network</source>
        <translation>%1 weiteres Netz</translation>
    </message>
    <message>
        <source>%1 more networks</source>
        <translation>%1 weitere Netze</translation>
    </message>
    <message>
        <source>%1 ms of work</source>
        <translation>%1 ms Arbeit</translation>
    </message>
    <message>
        <source>%1 neighbour</source>
        <translation>%1 Nachbar</translation>
    </message>
    <message>
        <source>%1 neighbours</source>
        <translation>%1 Nachbarn</translation>
    </message>
    <message>
        <source>%1 network</source>
        <translation>%1 Netz</translation>
    </message>
    <message>
        <source>%1 networks</source>
        <translation>%1 Netze</translation>
    </message>
    <message>
        <source>%1 neuron</source>
        <translation>%1 Neuron</translation>
    </message>
    <message>
        <source>%1 neuron selected</source>
        <translation>%1 Neuron ausgewählt</translation>
    </message>
    <message>
        <source>%1 neurons</source>
        <translation>%1 Neuronen</translation>
    </message>
    <message>
        <source>%1 neurons selected</source>
        <translation>%1 Neuronen ausgewählt</translation>
    </message>
    <message>
        <source>%1 new</source>
        <translation>%1 neu</translation>
    </message>
    <message>
        <source>%1 node</source>
        <translation>%1 Knoten</translation>
    </message>
    <message>
        <source>%1 node order</source>
        <translation>%1 Knotenreihenfolge</translation>
    </message>
    <message>
        <source>%1 nodes</source>
        <translation>%1 Knoten</translation>
    </message>
    <message>
        <source>%1 of %2 changed links drawn</source>
        <translation>%1 von %2 geänderten Verbindungen gezeichnet</translation>
    </message>
    <message>
        <source>%1 of %2 links drawn</source>
        <translation>%1 von %2 Verbindungen gezeichnet</translation>
    </message>
    <message>
        <source>%1 of %2 network</source>
        <translation>%1 von %2 Netz</translation>
    </message>
    <message>
        <source>%1 of %2 networks</source>
        <translation>%1 von %2 Netzen</translation>
    </message>
    <message>
        <source>%1 of %2 neuron listed</source>
        <translation>%1 von %2 Neuron aufgeführt</translation>
    </message>
    <message>
        <source>%1 of %2 neurons listed</source>
        <translation>%1 von %2 Neuronen aufgeführt</translation>
    </message>
    <message>
        <source>%1 of %2 seeds at epoch %3</source>
        <translation>%1 von %2 Startwerten in Epoche %3</translation>
    </message>
    <message>
        <source>%1 of %2 seeds at epoch %3 of %4</source>
        <translation>%1 von %2 Startwerten in Epoche %3 von %4</translation>
    </message>
    <message>
        <source>%1 of %2 trial begun</source>
        <translation>%1 von %2 Versuch begonnen</translation>
    </message>
    <message>
        <source>%1 of %2 trials begun</source>
        <translation>%1 von %2 Versuchen begonnen</translation>
    </message>
    <message>
        <source>%1 of them failed</source>
        <translation>%1 davon fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1 pair</source>
        <translation>%1 Paar</translation>
    </message>
    <message>
        <source>%1 pairs</source>
        <translation>%1 Paare</translation>
    </message>
    <message>
        <source>%1 pass</source>
        <translation>%1 Durchgang</translation>
    </message>
    <message>
        <source>%1 passes</source>
        <translation>%1 Durchgänge</translation>
    </message>
    <message>
        <source>%1 pieces/s</source>
        <translation>%1 Stücke/s</translation>
    </message>
    <message>
        <source>%1 removed</source>
        <translation>%1 entfernt</translation>
    </message>
    <message>
        <source>%1 row</source>
        <translation>%1 Zeile</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 Zeilen</translation>
    </message>
    <message>
        <source>%1 run</source>
        <translation>%1 Lauf</translation>
    </message>
    <message>
        <source>%1 s of work</source>
        <translation>%1 s Arbeit</translation>
    </message>
    <message>
        <source>%1 sample</source>
        <translation>%1 Stichprobe</translation>
    </message>
    <message>
        <source>%1 samples</source>
        <translation>%1 Stichproben</translation>
    </message>
    <message>
        <source>%1 seed</source>
        <translation>%1 Startwert</translation>
    </message>
    <message>
        <source>%1 seed at epoch %2</source>
        <translation>%1 Startwert in Epoche %2</translation>
    </message>
    <message>
        <source>%1 seed at epoch %2 of %3</source>
        <translation>%1 Startwert in Epoche %2 von %3</translation>
    </message>
    <message>
        <source>%1 seeds</source>
        <translation>%1 Startwerte</translation>
    </message>
    <message>
        <source>%1 seeds at epoch %2</source>
        <translation>%1 Startwerte in Epoche %2</translation>
    </message>
    <message>
        <source>%1 seeds at epoch %2 of %3</source>
        <translation>%1 Startwerte in Epoche %2 von %3</translation>
    </message>
    <message>
        <source>%1 step done</source>
        <translation>%1 Schritt fertig</translation>
    </message>
    <message>
        <source>%1 steps done</source>
        <translation>%1 Schritte fertig</translation>
    </message>
    <message>
        <source>%1 update</source>
        <translation>%1 Update</translation>
    </message>
    <message>
        <source>%1 updates</source>
        <translation>%1 Updates</translation>
    </message>
    <message>
        <source>%1 value</source>
        <translation>%1 Wert</translation>
    </message>
    <message>
        <source>%1 values</source>
        <translation>%1 Werte</translation>
    </message>
    <message>
        <source>%1 weight</source>
        <translation>%1 Gewicht</translation>
    </message>
    <message>
        <source>%1 weights</source>
        <translation>%1 Gewichte</translation>
    </message>
    <message>
        <source>%1 ± %2 %</source>
        <translation>%1 ± %2 %</translation>
    </message>
    <message>
        <source>.svg, .pdf, .png or .tiff</source>
        <translation>.svg, .pdf, .png oder .tiff</translation>
    </message>
    <message>
        <source>0</source>
        <translation>0</translation>
    </message>
    <message>
        <source>3 + 3 blocks of 256 features, 4,000 steps: for this machine.</source>
        <translation>3 + 3 Blöcke mit 256 Merkmalen, 4,000 Schritte: für diesen Rechner.</translation>
    </message>
    <message>
        <source>6 + 6 blocks of 512 features, 20,000 steps, as in the CHTs paper.</source>
        <translation>6 + 6 Blöcke mit 512 Merkmalen, 20,000 Schritte, wie in der CHTs-Arbeit.</translation>
    </message>
    <message>
        <source>6 + 6 blocks of 512 features, 5,000 steps, as in the CHTs paper.</source>
        <translation>6 + 6 Blöcke mit 512 Merkmalen, 5,000 Schritte, wie in der CHTs-Arbeit.</translation>
    </message>
    <message>
        <source>6 + 6 blocks of 512 features, 80,000 steps, as in the CHTs paper.</source>
        <translation>6 + 6 Blöcke mit 512 Merkmalen, 80,000 Schritte, wie in der CHTs-Arbeit.</translation>
    </message>
    <message>
        <source>A CUDA device for the masked engine where there is one, else the CPU.</source>
        <translation>Ein CUDA-Gerät für den maskierten Rechenkern, wo es eines gibt, sonst die CPU.</translation>
    </message>
    <message>
        <source>A column named label, class, target or y, else the only one of words or the first or last one of whole numbers.</source>
        <translation>Eine Spalte namens label, class, target oder y, sonst die einzige mit Wörtern oder die erste oder letzte mit ganzen Zahlen.</translation>
    </message>
    <message>
        <source>A dense network of the same depth, made so narrow that it has as many weights as the sparse one.</source>
        <translation>Ein dichtes Netz gleicher Tiefe, so schmal, dass es so viele Gewichte hat wie das dünn besetzte.</translation>
    </message>
    <message>
        <source>A fit can be made to any degrees: it does not say that they follow a power law. Exponents far above 3, or a short tail, speak against it.</source>
        <translation>Jede Verteilung von Graden lässt sich anpassen: Das besagt nicht, dass sie einem Potenzgesetz folgt. Exponenten weit über 3 oder ein kurzes Ende sprechen dagegen.</translation>
    </message>
    <message>
        <source>A general graph has no layers; matrix and disk show it.</source>
        <translation>Ein allgemeiner Graph hat keine Schichten; Matrix und Scheibe zeigen ihn.</translation>
    </message>
    <message>
        <source>A link is as long as shortest paths between all nodes run through it.</source>
        <translation>Eine Verbindung ist so lang, wie kürzeste Wege zwischen allen Knoten durch sie laufen.</translation>
    </message>
    <message>
        <source>A matrix is one layer: its links move among all its heads.</source>
        <translation>Eine Matrix ist eine Schicht: ihre Verbindungen wandern zwischen allen ihren Köpfen.</translation>
    </message>
    <message>
        <source>A mean over random removals, good to its standard error; a random ranking scores n_p / candidate pairs, which grows with density.</source>
        <translation>Ein Mittel über zufällige Entfernungen, so genau wie sein Standardfehler; eine zufällige Rangfolge erreicht n_p / mögliche Paare, was mit der Dichte wächst.</translation>
    </message>
    <message>
        <source>A random graph of even degrees on both sides whose second singular value meets the Ramanujan bound.</source>
        <translation>Ein Zufallsgraph mit gleichmäßigen Graden auf beiden Seiten, dessen zweiter Singulärwert die Ramanujan-Schranke einhält.</translation>
    </message>
    <message>
        <source>A synapse that finds its input taken goes to a random free input (wrap) or to the free input nearest the neuron&apos;s own place (bounded).</source>
        <translation>Eine Synapse, deren Eingang belegt ist, geht zu einem zufälligen freien Eingang (umlaufend) oder zum freien Eingang, der dem eigenen Ort des Neurons am nächsten ist (begrenzt).</translation>
    </message>
    <message>
        <source>A synapse that finds its input taken goes to the nearest free input, inside the receptive window first.</source>
        <translation>Eine Synapse, deren Eingang belegt ist, geht zum nächsten freien Eingang, zuerst innerhalb des rezeptiven Fensters.</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Accuracy, loss, perplexity and bLEU</source>
        <translation>Genauigkeit, Verlust, Perplexität und BLEU</translation>
    </message>
    <message>
        <source>Adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>Adjacency</source>
        <translation>Adjazenz</translation>
    </message>
    <message>
        <source>After which epochs the test part is translated for BLEU.</source>
        <translation>Nach welchen Epochen der Testteil für BLEU übersetzt wird.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All its links</source>
        <translation>Alle seine Verbindungen</translation>
    </message>
    <message>
        <source>All, with the measures</source>
        <translation>Alle, mit den Maßen</translation>
    </message>
    <message>
        <source>Allocation</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>An attribute of the file</source>
        <translation>Eine Eigenschaft aus der Datei</translation>
    </message>
    <message>
        <source>An encoder and a decoder of attention and feed-forward blocks with sparse matrices.</source>
        <translation>Ein Encoder und ein Decoder aus Attention- und Feed-Forward-Blöcken mit dünn besetzten Matrizen.</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Winkel</translation>
    </message>
    <message>
        <source>Angle θ in °</source>
        <translation>Winkel θ in °</translation>
    </message>
    <message>
        <source>Angles as the reduction gives them.</source>
        <translation>Winkel, wie die Reduktion sie gibt.</translation>
    </message>
    <message>
        <source>Angles from the second and third eigenvector of the weighted graph Laplacian; fast on sparse networks.</source>
        <translation>Winkel aus dem zweiten und dritten Eigenvektor des gewichteten Graph-Laplace-Operators; schnell auf dünn besetzten Netzen.</translation>
    </message>
    <message>
        <source>Angles from the two leading coordinates of centred shortest-path distances along the weighted links.</source>
        <translation>Winkel aus den zwei führenden Koordinaten zentrierter Abstände kürzester Wege entlang der gewichteten Verbindungen.</translation>
    </message>
    <message>
        <source>Angles in the order the reduction gives, at equal distances.</source>
        <translation>Winkel in der Reihenfolge, die die Reduktion gibt, in gleichen Abständen.</translation>
    </message>
    <message>
        <source>Anywhere</source>
        <translation>Irgendwo</translation>
    </message>
    <message>
        <source>Apart</source>
        <translation>Getrennt</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Are removed</source>
        <translation>Werden entfernt</translation>
    </message>
    <message>
        <source>Arial</source>
        <translation>Arial</translation>
    </message>
    <message>
        <source>Arial, or Liberation Sans with the same widths.</source>
        <translation>Arial oder Liberation Sans mit denselben Breiten.</translation>
    </message>
    <message>
        <source>Articles of clothing; the Debian package dataset-fashion-mnist brings its files.</source>
        <translation>Kleidungsstücke; das Debian-Paket dataset-fashion-mnist bringt die Dateien mit.</translation>
    </message>
    <message>
        <source>As CHTs, from a denser start whose density falls along a sigmoid.</source>
        <translation>Wie CHTs, von einem dichteren Anfang aus, dessen Dichte entlang einer Sigmoide fällt.</translation>
    </message>
    <message>
        <source>As Isomap, but of the distances as they are, leaving out the first coordinate; the usual choice for bipartite networks.</source>
        <translation>Wie Isomap, aber aus den unveränderten Abständen, ohne die erste Koordinate; die übliche Wahl für bipartite Netze.</translation>
    </message>
    <message>
        <source>As MCE, but of the distances as they are, from the second coordinate; unique only with EBC weights.</source>
        <translation>Wie MCE, aber aus den unveränderten Abständen, ab der zweiten Koordinate; eindeutig nur mit EBC-Gewichten.</translation>
    </message>
    <message>
        <source>As RA1, by the links that lead to nodes not in common: (1 + e_i)(1 + e_j) / (1 + c_ij).</source>
        <translation>Wie RA1, nach den Verbindungen, die zu nicht gemeinsamen Knoten führen: (1 + e_i)(1 + e_j) / (1 + c_ij).</translation>
    </message>
    <message>
        <source>As RigL, from a denser start whose density falls.</source>
        <translation>Wie RigL, von einem dichteren Anfang aus, dessen Dichte fällt.</translation>
    </message>
    <message>
        <source>As density</source>
        <translation>Als Dichte</translation>
    </message>
    <message>
        <source>As er, with the sides of convolution kernels added; layers without kernels, as here, get the same as by er.</source>
        <translation>Wie er, zuzüglich der Seiten von Faltungskernen; Schichten ohne Kerne, wie hier, erhalten dasselbe wie bei er.</translation>
    </message>
    <message>
        <source>As lines</source>
        <translation>Als Linien</translation>
    </message>
    <message>
        <source>As the neurons</source>
        <translation>Wie die Neuronen</translation>
    </message>
    <message>
        <source>As the papers&apos; networks were drawn: the larger side of a matrix, and of a square one the inputs.</source>
        <translation>Wie die Netze der Arbeiten gezogen wurden: der größeren Seite einer Matrix und bei einer quadratischen den Eingängen.</translation>
    </message>
    <message>
        <source>As trained</source>
        <translation>Wie trainiert</translation>
    </message>
    <message>
        <source>As written</source>
        <translation>Wie geschrieben</translation>
    </message>
    <message>
        <source>At best validation</source>
        <translation>Bei bester Validierung</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Average of epochs</source>
        <translation>Mittel über Epochen</translation>
    </message>
    <message>
        <source>BLEU</source>
        <translation>BLEU</translation>
    </message>
    <message>
        <source>BRF</source>
        <translation>BRF</translation>
    </message>
    <message>
        <source>BSW</source>
        <translation>BSW</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Stapelgröße</translation>
    </message>
    <message>
        <source>Beam</source>
        <translation>Strahlbreite</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Beste</translation>
    </message>
    <message>
        <source>Best on test</source>
        <translation>Beste im Test</translation>
    </message>
    <message>
        <source>Best so far</source>
        <translation>Bisher beste</translation>
    </message>
    <message>
        <source>Best step by</source>
        <translation>Bester Schritt nach</translation>
    </message>
    <message>
        <source>Between</source>
        <translation>Dazwischen</translation>
    </message>
    <message>
        <source>Between the disks</source>
        <translation>Zwischen den Scheiben</translation>
    </message>
    <message>
        <source>Bible</source>
        <translation>Bibel</translation>
    </message>
    <message>
        <source>Bipartite receptive field</source>
        <translation>Bipartites rezeptives Feld</translation>
    </message>
    <message>
        <source>Bipartite small world</source>
        <translation>Bipartite kleine Welt</translation>
    </message>
    <message>
        <source>Bit-parallel breadth-first search.</source>
        <translation>Bit-parallele Breitensuche.</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>Blöcke</translation>
    </message>
    <message>
        <source>Blocks of the encoder, and as many of the decoder.</source>
        <translation>Blöcke des Encoders und ebenso viele des Decoders.</translation>
    </message>
    <message>
        <source>Bootstrap samples for the p-value of the power law; 0 computes none</source>
        <translation>Bootstrap-Stichproben für den p-Wert des Potenzgesetzes; 0 berechnet keinen</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>Rand</translation>
    </message>
    <message>
        <source>Bounded</source>
        <translation>Begrenzt</translation>
    </message>
    <message>
        <source>Branches of an output neuron; each is a run of consecutive inputs.</source>
        <translation>Äste eines Ausgangsneurons; jeder ist eine Folge benachbarter Eingänge.</translation>
    </message>
    <message>
        <source>Bundle links</source>
        <translation>Verbindungen bündeln</translation>
    </message>
    <message>
        <source>By community</source>
        <translation>Nach Gemeinschaft</translation>
    </message>
    <message>
        <source>By dendrite</source>
        <translation>Nach Dendrit</translation>
    </message>
    <message>
        <source>By density</source>
        <translation>Nach Dichte</translation>
    </message>
    <message>
        <source>By how much the stack is turned about its axis</source>
        <translation>Um wie viel der Stapel um seine Achse gedreht ist</translation>
    </message>
    <message>
        <source>By number</source>
        <translation>Nach Nummer</translation>
    </message>
    <message>
        <source>By what changed</source>
        <translation>Nach Änderung</translation>
    </message>
    <message>
        <source>By what missing links are judged.</source>
        <translation>Wonach fehlende Verbindungen beurteilt werden.</translation>
    </message>
    <message>
        <source>By what missing links are judged: large ones grow.</source>
        <translation>Wonach fehlende Verbindungen beurteilt werden: Große wachsen.</translation>
    </message>
    <message>
        <source>By what the links that go are judged: small ones go.</source>
        <translation>Wonach die Verbindungen beurteilt werden, die gehen: Kleine gehen.</translation>
    </message>
    <message>
        <source>CH2-L3n</source>
        <translation>CH2-L3n</translation>
    </message>
    <message>
        <source>CH3-L3n</source>
        <translation>CH3-L3n</translation>
    </message>
    <message>
        <source>CH3-L3p</source>
        <translation>CH3-L3p</translation>
    </message>
    <message>
        <source>CHT</source>
        <translation>CHT</translation>
    </message>
    <message>
        <source>CHTs</source>
        <translation>CHTs</translation>
    </message>
    <message>
        <source>CHTss</source>
        <translation>CHTss</translation>
    </message>
    <message>
        <source>CIFAR-10</source>
        <translation>CIFAR-10</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>CSTI</source>
        <translation>CSTI</translation>
    </message>
    <message>
        <source>CUDA</source>
        <translation>CUDA</translation>
    </message>
    <message>
        <source>Characteristic path length</source>
        <translation>Charakteristische Pfadlänge</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>Prüfpunkt alle</translation>
    </message>
    <message>
        <source>Class column</source>
        <translation>Klassenspalte</translation>
    </message>
    <message>
        <source>Colour links</source>
        <translation>Verbindungen färben</translation>
    </message>
    <message>
        <source>Colour neurons by</source>
        <translation>Neuronen färben nach</translation>
    </message>
    <message>
        <source>Community</source>
        <translation>Gemeinschaft</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>Konstant</translation>
    </message>
    <message>
        <source>Continue from the run folder&apos;s checkpoint.</source>
        <translation>Vom Prüfpunkt im Laufordner aus fortfahren.</translation>
    </message>
    <message>
        <source>Correlated (CSTI)</source>
        <translation>Korreliert (CSTI)</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>Kosinus</translation>
    </message>
    <message>
        <source>Counted in</source>
        <translation>Gezählt in</translation>
    </message>
    <message>
        <source>Cursive Japanese characters; four files of the Kuzushiji-MNIST data set.</source>
        <translation>Japanische Schreibschriftzeichen; vier Dateien des Datensatzes Kuzushiji-MNIST.</translation>
    </message>
    <message>
        <source>DNM, all fixed, M = 1</source>
        <translation>DNM, alles fest, M = 1</translation>
    </message>
    <message>
        <source>DNM, all fixed, M = 3</source>
        <translation>DNM, alles fest, M = 3</translation>
    </message>
    <message>
        <source>DNM, all fixed, M = 7</source>
        <translation>DNM, alles fest, M = 7</translation>
    </message>
    <message>
        <source>DNM, best setting of a search</source>
        <translation>DNM, beste Einstellung einer Suche</translation>
    </message>
    <message>
        <source>DNM, degree spatial Gaussian</source>
        <translation>DNM, Grad räumlich Gauß</translation>
    </message>
    <message>
        <source>DNM, synapses spatial Gaussian</source>
        <translation>DNM, Synapsen räumlich Gauß</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Dark on light, whatever the desktop has.</source>
        <translation>Dunkel auf Hell, was auch immer die Arbeitsumgebung hat.</translation>
    </message>
    <message>
        <source>Data file</source>
        <translation>Datendatei</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>Datenordner</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>Dead ends</source>
        <translation>Sackgassen</translation>
    </message>
    <message>
        <source>Decay of the mean</source>
        <translation>Abnahme des Mittels</translation>
    </message>
    <message>
        <source>Decay of the square</source>
        <translation>Abnahme des Quadrats</translation>
    </message>
    <message>
        <source>Degree</source>
        <translation>Grad</translation>
    </message>
    <message>
        <source>Degree distribution</source>
        <translation>Gradverteilung</translation>
    </message>
    <message>
        <source>Degree spread</source>
        <translation>Streuung der Grade</translation>
    </message>
    <message>
        <source>DejaVu Sans</source>
        <translation>DejaVu Sans</translation>
    </message>
    <message>
        <source>Dendrites</source>
        <translation>Dendriten</translation>
    </message>
    <message>
        <source>Dendrites near a neuron&apos;s own place get most of its synapses, which draws a band near the diagonal.</source>
        <translation>Dendriten nahe dem eigenen Ort eines Neurons erhalten die meisten seiner Synapsen, was ein Band nahe der Diagonale ergibt.</translation>
    </message>
    <message>
        <source>Dendrites on</source>
        <translation>Dendriten an</translation>
    </message>
    <message>
        <source>Dendritic Network Model</source>
        <translation>Dendritic Network Model</translation>
    </message>
    <message>
        <source>Dense</source>
        <translation>Dicht</translation>
    </message>
    <message>
        <source>Dense LibTorch products with masked weights: the usual simulation of sparsity; also on a GPU.</source>
        <translation>Dichte LibTorch-Produkte mit maskierten Gewichten: die übliche Nachbildung der Sparsity; auch auf einer GPU.</translation>
    </message>
    <message>
        <source>Dense, as many weights</source>
        <translation>Dicht, gleich viele Gewichte</translation>
    </message>
    <message>
        <source>Dense, equal weights</source>
        <translation>Dicht, gleich viele Gewichte</translation>
    </message>
    <message>
        <source>Density from 20,000 links on, single lines below.</source>
        <translation>Ab 20,000 Verbindungen als Dichte, darunter als einzelne Linien.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Scheibe</translation>
    </message>
    <message>
        <source>Distance from the centre is tanh(r/2): angles are true.</source>
        <translation>Der Abstand vom Mittelpunkt ist tanh(r/2): Winkel sind wahr.</translation>
    </message>
    <message>
        <source>Distance from the centre is the hyperbolic radius: radii are true.</source>
        <translation>Der Abstand vom Mittelpunkt ist der hyperbolische Radius: Radien sind wahr.</translation>
    </message>
    <message>
        <source>Distance from the centre is the mean of both, weighted by the slider.</source>
        <translation>Der Abstand vom Mittelpunkt ist das Mittel beider, gewichtet mit dem Regler.</translation>
    </message>
    <message>
        <source>Dots per inch of .png and .tiff</source>
        <translation>Punkte pro Zoll bei .png und .tiff</translation>
    </message>
    <message>
        <source>Draw links</source>
        <translation>Verbindungen zeichnen</translation>
    </message>
    <message>
        <source>Drawn without replacement in proportion to the score.</source>
        <translation>Ohne Zurücklegen proportional zur Bewertung gezogen.</translation>
    </message>
    <message>
        <source>Draws</source>
        <translation>Ziehungen</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>EMNIST MNIST</source>
        <translation>EMNIST MNIST</translation>
    </message>
    <message>
        <source>EMNIST balanced</source>
        <translation>EMNIST balanced</translation>
    </message>
    <message>
        <source>EMNIST by class</source>
        <translation>EMNIST by class</translation>
    </message>
    <message>
        <source>EMNIST by merge</source>
        <translation>EMNIST by merge</translation>
    </message>
    <message>
        <source>EMNIST digits</source>
        <translation>EMNIST digits</translation>
    </message>
    <message>
        <source>EMNIST letters</source>
        <translation>EMNIST letters</translation>
    </message>
    <message>
        <source>Each head&apos;s part is a layer of its own, which keeps its number of links.</source>
        <translation>Der Teil jedes Kopfes ist eine Schicht für sich, die ihre Zahl von Verbindungen behält.</translation>
    </message>
    <message>
        <source>Each layer</source>
        <translation>Jede Schicht</translation>
    </message>
    <message>
        <source>Each layer with the engine that measures faster at the start of the run; the choice is reported and kept.</source>
        <translation>Jede Schicht mit dem Rechenkern, der zu Beginn des Laufs schneller ist; die Wahl wird berichtet und beibehalten.</translation>
    </message>
    <message>
        <source>Each link is a line that can be seen through; at most 20,000 of them.</source>
        <translation>Jede Verbindung ist eine durchscheinende Linie; höchstens 20,000 davon.</translation>
    </message>
    <message>
        <source>Each link is a straight line.</source>
        <translation>Jede Verbindung ist eine gerade Linie.</translation>
    </message>
    <message>
        <source>Each neuron draws from N(0, 2/k_j), k_j being its own number of links.</source>
        <translation>Jedes Neuron zieht aus N(0, 2/k_j), wobei k_j die Anzahl seiner eigenen Verbindungen ist.</translation>
    </message>
    <message>
        <source>Edge betweenness</source>
        <translation>Kantenbetweenness</translation>
    </message>
    <message>
        <source>Edge list</source>
        <translation>Kantenliste</translation>
    </message>
    <message>
        <source>End exponent</source>
        <translation>Endexponent</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Rechenkern</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>English, whatever the desktop has.</source>
        <translation>Englisch, was auch immer die Arbeitsumgebung hat.</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Epochs in all, of which %1 are trained of %2.</source>
        <translation>Epochen insgesamt, von denen %1 von %2 trainiert sind.</translation>
    </message>
    <message>
        <source>Epochs in all, of which %1 are trained.</source>
        <translation>Epochen insgesamt, von denen %1 trainiert sind.</translation>
    </message>
    <message>
        <source>Epochs or steps from one update to the next.</source>
        <translation>Epochen oder Schritte von einem Update bis zum nächsten.</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>Equidistant</source>
        <translation>Gleichabständig</translation>
    </message>
    <message>
        <source>Estimator of the modularity Q</source>
        <translation>Schätzverfahren der Modularität Q</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>Jede</translation>
    </message>
    <message>
        <source>Every layer draws from N(0, 2/((1-s)·n_in)), so that sparse layers keep the signal&apos;s size.</source>
        <translation>Jede Schicht zieht aus N(0, 2/((1-s)·n_in)), sodass dünn besetzte Schichten die Größe des Signals behalten.</translation>
    </message>
    <message>
        <source>Every layer draws from N(0, 2/((1-s)·n_out)), as in the method&apos;s published code.</source>
        <translation>Jede Schicht zieht aus N(0, 2/((1-s)·n_out)), wie im veröffentlichten Code des Verfahrens.</translation>
    </message>
    <message>
        <source>Every layer draws from N(0, 2/n_in), as a dense layer would.</source>
        <translation>Jede Schicht zieht aus N(0, 2/n_in), wie eine dichte Schicht es täte.</translation>
    </message>
    <message>
        <source>Every layer has its colour.</source>
        <translation>Jede Schicht hat ihre Farbe.</translation>
    </message>
    <message>
        <source>Every layer has the same sparsity.</source>
        <translation>Jede Schicht hat dieselbe Sparsity.</translation>
    </message>
    <message>
        <source>Every layer is a column, the inputs on the left.</source>
        <translation>Jede Schicht ist eine Spalte, die Eingänge links.</translation>
    </message>
    <message>
        <source>Every layer is a row, the inputs at the bottom.</source>
        <translation>Jede Schicht ist eine Zeile, die Eingänge unten.</translation>
    </message>
    <message>
        <source>Every link counts the same.</source>
        <translation>Jede Verbindung zählt gleich.</translation>
    </message>
    <message>
        <source>Every missing link alike.</source>
        <translation>Jede fehlende Verbindung gleichermaßen.</translation>
    </message>
    <message>
        <source>Every neuron is linked to all neurons of the layer before.</source>
        <translation>Jedes Neuron ist mit allen Neuronen der Schicht davor verbunden.</translation>
    </message>
    <message>
        <source>Every output neuron draws its inputs with a probability that falls with their distance from its place.</source>
        <translation>Jedes Ausgangsneuron zieht seine Eingänge mit einer Wahrscheinlichkeit, die mit deren Abstand von seinem Ort fällt.</translation>
    </message>
    <message>
        <source>Every output neuron has a receptive field among the inputs.</source>
        <translation>Jedes Ausgangsneuron hat ein rezeptives Feld unter den Eingängen.</translation>
    </message>
    <message>
        <source>Every output neuron has dendrites, each a run of consecutive inputs inside a receptive window around its place.</source>
        <translation>Jedes Ausgangsneuron hat Dendriten, jeder eine Folge benachbarter Eingänge in einem rezeptiven Fenster um seinen Ort.</translation>
    </message>
    <message>
        <source>Every output neuron is linked to the inputs around its place; a share of the links is then moved at random.</source>
        <translation>Jedes Ausgangsneuron ist mit den Eingängen um seinen Ort verbunden; ein Anteil der Verbindungen wird dann zufällig versetzt.</translation>
    </message>
    <message>
        <source>Every value within a half width of the mean is equally likely.</source>
        <translation>Jeder Wert innerhalb einer halben Breite um den Mittelwert ist gleich wahrscheinlich.</translation>
    </message>
    <message>
        <source>Exactly those of the largest scores.</source>
        <translation>Genau die mit den größten Bewertungen.</translation>
    </message>
    <message>
        <source>Examples of your own, from a table or a NumPy archive.</source>
        <translation>Eigene Beispiele aus einer Tabelle oder einem NumPy-Archiv.</translation>
    </message>
    <message>
        <source>Examples per step.</source>
        <translation>Beispiele je Schritt.</translation>
    </message>
    <message>
        <source>Exploration</source>
        <translation>Erkundung</translation>
    </message>
    <message>
        <source>Exponent of the power law that fits the tail of the degree distribution best.</source>
        <translation>Exponent des Potenzgesetzes, das am besten zum Ende der Gradverteilung passt.</translation>
    </message>
    <message>
        <source>Exponential</source>
        <translation>Exponentiell</translation>
    </message>
    <message>
        <source>FC (dense)</source>
        <translation>FC (dicht)</translation>
    </message>
    <message>
        <source>Fall ends at</source>
        <translation>Fall endet bei</translation>
    </message>
    <message>
        <source>Falls along half a cosine: slowly, fast, slowly.</source>
        <translation>Fällt entlang eines halben Kosinus: langsam, schnell, langsam.</translation>
    </message>
    <message>
        <source>Falls by the same amount every epoch, as in the paper.</source>
        <translation>Fällt jede Epoche um denselben Betrag, wie in der Arbeit.</translation>
    </message>
    <message>
        <source>Falls by the same factor every epoch.</source>
        <translation>Fällt jede Epoche um denselben Faktor.</translation>
    </message>
    <message>
        <source>Falls until</source>
        <translation>Fällt bis</translation>
    </message>
    <message>
        <source>Fashion-MNIST</source>
        <translation>Fashion-MNIST</translation>
    </message>
    <message>
        <source>Fashion-MNIST, best of a search</source>
        <translation>Fashion-MNIST, beste einer Suche</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>Features of a token: even, and a multiple of the heads.</source>
        <translation>Merkmale eines Tokens: gerade und ein Vielfaches der Köpfe.</translation>
    </message>
    <message>
        <source>Feed-forward</source>
        <translation>Feed-Forward</translation>
    </message>
    <message>
        <source>Few links that leave the local community.</source>
        <translation>Wenige Verbindungen, die die lokale Gemeinschaft verlassen.</translation>
    </message>
    <message>
        <source>Fields of</source>
        <translation>Felder von</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>Auffüllen</translation>
    </message>
    <message>
        <source>Final rate ratio</source>
        <translation>Endverhältnis der Rate</translation>
    </message>
    <message>
        <source>Final sparsity</source>
        <translation>Endsparsity</translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation>Fest</translation>
    </message>
    <message>
        <source>Fixed %1</source>
        <translation>Fest %1</translation>
    </message>
    <message>
        <source>Folder for settings, epochs.csv, TensorBoard&apos;s event file and checkpoints; empty: nothing is written.</source>
        <translation>Ordner für Einstellungen, epochs.csv, die Ereignisdatei von TensorBoard und Prüfpunkte; leer: Es wird nichts geschrieben.</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>Schrift</translation>
    </message>
    <message>
        <source>From few links (dark) to many (bright), on a logarithmic scale.</source>
        <translation>Von wenigen Verbindungen (dunkel) bis zu vielen (hell), auf einer logarithmischen Skala.</translation>
    </message>
    <message>
        <source>From which language into which, by their codes: &quot;en-de&quot;, &quot;en-gb/de&quot;; empty: the usual ones of the text.</source>
        <translation>Aus welcher Sprache in welche, mit ihren Kürzeln: „en-de“, „en-gb/de“; leer: die üblichen des Textes.</translation>
    </message>
    <message>
        <source>GEXF</source>
        <translation>GEXF</translation>
    </message>
    <message>
        <source>GMP</source>
        <translation>GMP</translation>
    </message>
    <message>
        <source>Gaussian</source>
        <translation>Gauß</translation>
    </message>
    <message>
        <source>Gaussian %1</source>
        <translation>Gauß %1</translation>
    </message>
    <message>
        <source>German</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>German, whatever the desktop has.</source>
        <translation>Deutsch, was auch immer die Arbeitsumgebung hat.</translation>
    </message>
    <message>
        <source>Glorot&apos;s uniform distribution for the dense matrix, as in the papers.</source>
        <translation>Glorots Gleichverteilung für die dichte Matrix, wie in den Arbeiten.</translation>
    </message>
    <message>
        <source>GraNet</source>
        <translation>GraNet</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>Gradient</translation>
    </message>
    <message>
        <source>Gradient over</source>
        <translation>Gradient über</translation>
    </message>
    <message>
        <source>GraphML</source>
        <translation>GraphML</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Gitter</translation>
    </message>
    <message>
        <source>Grow by</source>
        <translation>Wachsen nach</translation>
    </message>
    <message>
        <source>Handwritten digits and letters, as many of each; from the gzip folder of NIST&apos;s EMNIST download.</source>
        <translation>Handgeschriebene Ziffern und Buchstaben, von jedem gleich viele; aus dem gzip-Ordner des EMNIST-Downloads von NIST.</translation>
    </message>
    <message>
        <source>Handwritten digits and letters, look-alikes merged; from the gzip folder of NIST&apos;s EMNIST download.</source>
        <translation>Handgeschriebene Ziffern und Buchstaben, Ähnliche zusammengefasst; aus dem gzip-Ordner des EMNIST-Downloads von NIST.</translation>
    </message>
    <message>
        <source>Handwritten digits, as many as in MNIST; from the gzip folder of NIST&apos;s EMNIST download.</source>
        <translation>Handgeschriebene Ziffern, so viele wie in MNIST; aus dem gzip-Ordner des EMNIST-Downloads von NIST.</translation>
    </message>
    <message>
        <source>Handwritten digits, capitals and small letters; from the gzip folder of NIST&apos;s EMNIST download.</source>
        <translation>Handgeschriebene Ziffern, Groß- und Kleinbuchstaben; aus dem gzip-Ordner des EMNIST-Downloads von NIST.</translation>
    </message>
    <message>
        <source>Handwritten digits; four files of the MNIST database.</source>
        <translation>Handgeschriebene Ziffern; vier Dateien der MNIST-Datenbank.</translation>
    </message>
    <message>
        <source>Handwritten digits; from the gzip folder of NIST&apos;s EMNIST download.</source>
        <translation>Handgeschriebene Ziffern; aus dem gzip-Ordner des EMNIST-Downloads von NIST.</translation>
    </message>
    <message>
        <source>Handwritten letters; from the gzip folder of NIST&apos;s EMNIST download.</source>
        <translation>Handgeschriebene Buchstaben; aus dem gzip-Ordner des EMNIST-Downloads von NIST.</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>Heads are rewired</source>
        <translation>Köpfe werden verdrahtet</translation>
    </message>
    <message>
        <source>Heads of each attention, which share the features out evenly.</source>
        <translation>Köpfe jeder Attention, die sich die Merkmale gleichmäßig teilen.</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Height on paper (mm, cm, in, pt); by default what the pictures need</source>
        <translation>Höhe auf Papier (mm, cm, in, pt); sonst, was die Bilder brauchen</translation>
    </message>
    <message>
        <source>Helvetica</source>
        <translation>Helvetica</translation>
    </message>
    <message>
        <source>Helvetica, or Nimbus Sans or Liberation Sans with the same widths.</source>
        <translation>Helvetica oder Nimbus Sans oder Liberation Sans mit denselben Breiten.</translation>
    </message>
    <message>
        <source>Hidden layers</source>
        <translation>Verdeckte Schichten</translation>
    </message>
    <message>
        <source>Hidden neurons of the feed-forward layers.</source>
        <translation>Verdeckte Neuronen der Feed-Forward-Schichten.</translation>
    </message>
    <message>
        <source>How a layer is computed; the learning is the same.</source>
        <translation>Womit eine Schicht berechnet wird; das Lernen ist dasselbe.</translation>
    </message>
    <message>
        <source>How a neuron&apos;s links are shared out among its dendrites.</source>
        <translation>Wie die Verbindungen eines Neurons auf seine Dendriten aufgeteilt werden.</translation>
    </message>
    <message>
        <source>How far a neuron&apos;s dendrites spread: from 0, close around its own place, to 1, over all inputs.</source>
        <translation>Wie weit sich die Dendriten eines Neurons ausbreiten: von 0, dicht um seinen eigenen Ort, bis 1, über alle Eingänge.</translation>
    </message>
    <message>
        <source>How far a receptive field reaches: 0 takes the nearest inputs, 1 takes any input alike.</source>
        <translation>Wie weit ein rezeptives Feld reicht: 0 nimmt die nächsten Eingänge, 1 jeden Eingang gleichermaßen.</translation>
    </message>
    <message>
        <source>How likely a hidden neuron is left out of an example&apos;s training step.</source>
        <translation>Wie wahrscheinlich ein verdecktes Neuron im Trainingsschritt eines Beispiels ausgelassen wird.</translation>
    </message>
    <message>
        <source>How many batches of the epoch the gradient is averaged over, the present one and those before it.</source>
        <translation>Über wie viele Stapel der Epoche der Gradient gemittelt wird, den jetzigen und die davor.</translation>
    </message>
    <message>
        <source>How many neurons have k links or more: all links (dots), links in and out by layer (lines), and the fitted power law from its smallest degree on</source>
        <translation>Wie viele Neuronen mindestens k Verbindungen haben: alle Verbindungen (Punkte), ein- und ausgehende je Schicht (Linien) und das angepasste Potenzgesetz ab seinem kleinsten Grad</translation>
    </message>
    <message>
        <source>How many of the likeliest are listed.</source>
        <translation>Wie viele der wahrscheinlichsten aufgeführt werden.</translation>
    </message>
    <message>
        <source>How many of the likeliest are listed; 0: all with a positive score.</source>
        <translation>Wie viele der wahrscheinlichsten aufgeführt werden; 0: alle mit positiver Bewertung.</translation>
    </message>
    <message>
        <source>How much more the links keep within communities of neurons than they would by chance, for the best division found.</source>
        <translation>Um wie viel mehr die Verbindungen innerhalb von Gemeinschaften von Neuronen bleiben, als sie es zufällig täten, für die beste gefundene Einteilung.</translation>
    </message>
    <message>
        <source>How much of the last step each step keeps.</source>
        <translation>Wie viel des letzten Schritts jeder Schritt behält.</translation>
    </message>
    <message>
        <source>How much of the mean gradient each step keeps.</source>
        <translation>Wie viel des mittleren Gradienten jeder Schritt behält.</translation>
    </message>
    <message>
        <source>How much of the mean squared gradient each step keeps.</source>
        <translation>Wie viel des mittleren quadrierten Gradienten jeder Schritt behält.</translation>
    </message>
    <message>
        <source>How often a checkpoint is written within a long epoch, besides the one at its end; 0: never.</source>
        <translation>Wie oft innerhalb einer langen Epoche ein Prüfpunkt geschrieben wird, außer dem an ihrem Ende; 0: nie.</translation>
    </message>
    <message>
        <source>How often every training example is seen.</source>
        <translation>Wie oft jedes Trainingsbeispiel gesehen wird.</translation>
    </message>
    <message>
        <source>How predictable the links are: a tenth of them is removed, and σ_c is the share of these found again among the best ranked pairs when the rest is perturbed by them to first order.</source>
        <translation>Wie vorhersagbar die Verbindungen sind: Ein Zehntel wird entfernt, und σ_c ist der Anteil davon, der unter den bestplatzierten Paaren wiedergefunden wird, wenn der Rest durch sie in erster Ordnung gestört wird.</translation>
    </message>
    <message>
        <source>How sentences are cut into what is translated.</source>
        <translation>Wie Sätze in das zerlegt werden, was übersetzt wird.</translation>
    </message>
    <message>
        <source>How steep the sigmoid is along which it falls.</source>
        <translation>Wie steil die Sigmoide ist, entlang der sie fällt.</translation>
    </message>
    <message>
        <source>How the gradients change the weights.</source>
        <translation>Wie die Gradienten die Gewichte ändern.</translation>
    </message>
    <message>
        <source>How the layers lie</source>
        <translation>Wie die Schichten liegen</translation>
    </message>
    <message>
        <source>How the learning rate changes over the run.</source>
        <translation>Wie sich die Lernrate während des Laufs ändert.</translation>
    </message>
    <message>
        <source>How the links are shared out among the layers, or a sparsity for each by hand; a layer whose sparsity is set for itself alone keeps it.</source>
        <translation>Wie die Verbindungen auf die Schichten aufgeteilt werden, oder von Hand eine Sparsity für jede; eine Schicht, deren Sparsity für sie allein gesetzt ist, behält sie.</translation>
    </message>
    <message>
        <source>How the links are shared out among the output neurons; the mean follows from the sparsity.</source>
        <translation>Wie die Verbindungen auf die Ausgangsneuronen aufgeteilt werden; der Mittelwert folgt aus der Sparsity.</translation>
    </message>
    <message>
        <source>How the links that grow are chosen by their scores.</source>
        <translation>Wie die wachsenden Verbindungen nach ihrer Bewertung gewählt werden.</translation>
    </message>
    <message>
        <source>How the links that stay are chosen by their scores.</source>
        <translation>Wie die bleibenden Verbindungen nach ihrer Bewertung gewählt werden.</translation>
    </message>
    <message>
        <source>How the rewired fraction changes with time.</source>
        <translation>Wie sich der neuverdrahtete Anteil mit der Zeit ändert.</translation>
    </message>
    <message>
        <source>How the topology changes while the weights learn.</source>
        <translation>Wie sich die Topologie ändert, während die Gewichte lernen.</translation>
    </message>
    <message>
        <source>How the topology of the network is drawn.</source>
        <translation>Wie die Topologie des Netzes gezogen wird.</translation>
    </message>
    <message>
        <source>Hubs in the middle of each layer: the degree falls towards its borders as a Gaussian.</source>
        <translation>Hubs in der Mitte jeder Schicht: Der Grad fällt zu ihren Rändern hin wie eine Gaußkurve.</translation>
    </message>
    <message>
        <source>Hyperbolic disk</source>
        <translation>Hyperbolische Scheibe</translation>
    </message>
    <message>
        <source>IEEE, one column</source>
        <translation>IEEE, eine Spalte</translation>
    </message>
    <message>
        <source>IWSLT14</source>
        <translation>IWSLT14</translation>
    </message>
    <message>
        <source>IWSLT14, released code</source>
        <translation>IWSLT14, veröffentlichter Code</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>Initialiser</source>
        <translation>Initialisierung</translation>
    </message>
    <message>
        <source>Interrupted Noam</source>
        <translation>Unterbrochenes Noam</translation>
    </message>
    <message>
        <source>Isomap</source>
        <translation>Isomap</translation>
    </message>
    <message>
        <source>It starts with 0.</source>
        <translation>Sie beginnt mit 0.</translation>
    </message>
    <message>
        <source>It starts with the one that it last had; with 0 where it never was.</source>
        <translation>Sie beginnt mit dem, das sie zuletzt hatte; mit 0, wo sie nie war.</translation>
    </message>
    <message>
        <source>Its distance from the middle of the hyperbolic disk</source>
        <translation>Sein Abstand von der Mitte der hyperbolischen Scheibe</translation>
    </message>
    <message>
        <source>Its layer; 0 are the inputs</source>
        <translation>Seine Schicht; 0 sind die Eingänge</translation>
    </message>
    <message>
        <source>Its links from the layer before; none are possible for inputs</source>
        <translation>Seine Verbindungen aus der Schicht davor; bei Eingängen sind keine möglich</translation>
    </message>
    <message>
        <source>Its links to the next layer; none are possible in the last</source>
        <translation>Seine Verbindungen zur nächsten Schicht; in der letzten sind keine möglich</translation>
    </message>
    <message>
        <source>Its name, as everywhere in the program</source>
        <translation>Sein Name, wie überall im Programm</translation>
    </message>
    <message>
        <source>Its number within its layer, from 0</source>
        <translation>Seine Nummer in seiner Schicht, von 0 an</translation>
    </message>
    <message>
        <source>KMNIST</source>
        <translation>KMNIST</translation>
    </message>
    <message>
        <source>KS distance</source>
        <translation>KS-Abstand</translation>
    </message>
    <message>
        <source>Kaiming</source>
        <translation>Kaiming</translation>
    </message>
    <message>
        <source>Keeps steps finite where gradients vanish.</source>
        <translation>Hält die Schritte endlich, wo Gradienten verschwinden.</translation>
    </message>
    <message>
        <source>Kernels whose cost follows the number of links (CPU).</source>
        <translation>Kerne, deren Aufwand der Anzahl der Verbindungen folgt (CPU).</translation>
    </message>
    <message>
        <source>L = Σ_{i&lt;j} d_ij / #{i&lt;j}, over pairs with finite distance d_ij</source>
        <translation>L = Σ_{i&lt;j} d_ij / #{i&lt;j}, über Paare mit endlichem Abstand d_ij</translation>
    </message>
    <message>
        <source>L by</source>
        <translation>L nach</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>Label-Glättung</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>Sprachen</translation>
    </message>
    <message>
        <source>Laplacian eigenmaps</source>
        <translation>Laplace-Eigenabbildungen</translation>
    </message>
    <message>
        <source>Largest at the borders of the layer, least in its middle.</source>
        <translation>Am größten an den Rändern der Schicht, am kleinsten in ihrer Mitte.</translation>
    </message>
    <message>
        <source>Largest in the middle of the layer, falling towards its borders.</source>
        <translation>Am größten in der Mitte der Schicht, zu ihren Rändern hin fallend.</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Letzte</translation>
    </message>
    <message>
        <source>Last epoch</source>
        <translation>Letzte Epoche</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Layers as columns</source>
        <translation>Schichten als Spalten</translation>
    </message>
    <message>
        <source>Layers as rows</source>
        <translation>Schichten als Zeilen</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Leiden</source>
        <translation>Leiden</translation>
    </message>
    <message>
        <source>Leiden by</source>
        <translation>Leiden mit</translation>
    </message>
    <message>
        <source>Leiden by igraph</source>
        <translation>Leiden von igraph</translation>
    </message>
    <message>
        <source>Leiden by igraph until stable</source>
        <translation>Leiden von igraph bis stabil</translation>
    </message>
    <message>
        <source>Leiden on all threads.</source>
        <translation>Leiden auf allen Threads.</translation>
    </message>
    <message>
        <source>Leiden passes</source>
        <translation>Leiden-Durchgänge</translation>
    </message>
    <message>
        <source>Leiden until stable</source>
        <translation>Leiden bis stabil</translation>
    </message>
    <message>
        <source>Leiden, the best of all runs.</source>
        <translation>Leiden, das Beste aller Läufe.</translation>
    </message>
    <message>
        <source>Length of the first epoch&apos;s steps; the factor of the schedules noam and inoam.</source>
        <translation>Länge der Schritte der ersten Epoche; der Faktor der Verläufe noam und inoam.</translation>
    </message>
    <message>
        <source>Length penalty</source>
        <translation>Längenbonus</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Buchstaben</translation>
    </message>
    <message>
        <source>Letters a, b, c … at the upper left of the pictures</source>
        <translation>Buchstaben a, b, c … links oben an den Bildern</translation>
    </message>
    <message>
        <source>LibreOffice help</source>
        <translation>LibreOffice-Hilfe</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Light on dark, whatever the desktop has.</source>
        <translation>Hell auf Dunkel, was auch immer die Arbeitsumgebung hat.</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>Linear</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Links between hubs are long, links with many common neighbours short: (d_i + d_j + d_i d_j) / (1 + c_ij).</source>
        <translation>Verbindungen zwischen Hubs sind lang, Verbindungen mit vielen gemeinsamen Nachbarn kurz: (d_i + d_j + d_i d_j) / (1 + c_ij).</translation>
    </message>
    <message>
        <source>Links drawn uniformly: no structure but the layers.</source>
        <translation>Gleichverteilt gezogene Verbindungen: keine Struktur außer den Schichten.</translation>
    </message>
    <message>
        <source>Links go and grow by lot: the smaller the weight, and the more the network around them predicts them.</source>
        <translation>Verbindungen gehen und wachsen nach dem Los: je kleiner das Gewicht und je mehr das Netz um sie sie vorhersagt.</translation>
    </message>
    <message>
        <source>Links have the colour of their layer, or of their community.</source>
        <translation>Verbindungen haben die Farbe ihrer Schicht oder ihrer Gemeinschaft.</translation>
    </message>
    <message>
        <source>Links in</source>
        <translation>Eingehend</translation>
    </message>
    <message>
        <source>Links in proportion to n_in + n_out: small layers are denser, the sum stays the same.</source>
        <translation>Verbindungen proportional zu n_in + n_out: Kleine Schichten sind dichter, die Summe bleibt gleich.</translation>
    </message>
    <message>
        <source>Links now</source>
        <translation>Verbindungen jetzt</translation>
    </message>
    <message>
        <source>Links of a run that an update kept, removed and added; those of other networks as the neurons.</source>
        <translation>Verbindungen eines Laufs, die ein Update behielt, entfernte und hinzufügte; die anderer Netze wie die Neuronen.</translation>
    </message>
    <message>
        <source>Links of one dendrite run together before they reach their neuron.</source>
        <translation>Verbindungen eines Dendriten laufen zusammen, bevor sie ihr Neuron erreichen.</translation>
    </message>
    <message>
        <source>Links out</source>
        <translation>Ausgehend</translation>
    </message>
    <message>
        <source>Links stay in proportion to their score raised to this power at the start.</source>
        <translation>Verbindungen bleiben anfangs proportional zu dieser Potenz ihrer Bewertung.</translation>
    </message>
    <message>
        <source>Links that grow</source>
        <translation>Wachsende Verbindungen</translation>
    </message>
    <message>
        <source>Links that stay</source>
        <translation>Bleibende Verbindungen</translation>
    </message>
    <message>
        <source>Links within the local community, over those that leave it.</source>
        <translation>Verbindungen innerhalb der lokalen Gemeinschaft, geteilt durch die, die sie verlassen.</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Louvain</source>
        <translation>Louvain</translation>
    </message>
    <message>
        <source>Louvain (multilevel), the best of all runs.</source>
        <translation>Louvain (mehrstufig), das Beste aller Läufe.</translation>
    </message>
    <message>
        <source>MNIST</source>
        <translation>MNIST</translation>
    </message>
    <message>
        <source>M_j as drawn in layer %1</source>
        <translation>M_j, wie in Schicht %1 gezogen</translation>
    </message>
    <message>
        <source>M_j as drawn in layers %1 and %2</source>
        <translation>M_j, wie in den Schichten %1 und %2 gezogen</translation>
    </message>
    <message>
        <source>M_j as drawn in layers %1 to %2</source>
        <translation>M_j, wie in den Schichten %1 bis %2 gezogen</translation>
    </message>
    <message>
        <source>M_j as drawn in layers %1, %2 and %3</source>
        <translation>M_j, wie in den Schichten %1, %2 und %3 gezogen</translation>
    </message>
    <message>
        <source>M_j ~ N(M, s), default s = M/4</source>
        <translation>M_j ~ N(M, s), Vorgabe s = M/4</translation>
    </message>
    <message>
        <source>M_j ~ U(M - w, M + w), default w = M</source>
        <translation>M_j ~ U(M - w, M + w), Vorgabe w = M</translation>
    </message>
    <message>
        <source>M_j ∝ 1 - 0.9·exp(-d_j² / 2(σ·n_out)²), mean M</source>
        <translation>M_j ∝ 1 - 0.9·exp(-d_j² / 2(σ·n_out)²), Mittel M</translation>
    </message>
    <message>
        <source>M_j ∝ exp(-d_j² / 2(σ·n_out)²), mean M</source>
        <translation>M_j ∝ exp(-d_j² / 2(σ·n_out)²), Mittel M</translation>
    </message>
    <message>
        <source>Magnitude</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Masked</source>
        <translation>Maskiert</translation>
    </message>
    <message>
        <source>Matrix Market</source>
        <translation>Matrix Market</translation>
    </message>
    <message>
        <source>Maximum likelihood on a grid of exponents.</source>
        <translation>Größte Likelihood auf einem Gitter von Exponenten.</translation>
    </message>
    <message>
        <source>Mean number of links on the shortest way between two neurons, over all pairs that some way joins.</source>
        <translation>Mittlere Anzahl der Verbindungen auf dem kürzesten Weg zwischen zwei Neuronen, über alle Paare, die ein Weg verbindet.</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>Maße</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Minimum curvilinear embedding</source>
        <translation>Minimale krummlinige Einbettung</translation>
    </message>
    <message>
        <source>Modularity</source>
        <translation>Modularität</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>Momentum</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More training settings</source>
        <translation>Weitere Einstellungen des Trainings</translation>
    </message>
    <message>
        <source>Multi-layer perceptron</source>
        <translation>Perzeptron (MLP)</translation>
    </message>
    <message>
        <source>Multi30k</source>
        <translation>Multi30k</translation>
    </message>
    <message>
        <source>Multi30k, released code</source>
        <translation>Multi30k, veröffentlichter Code</translation>
    </message>
    <message>
        <source>N = %1</source>
        <translation>N = %1</translation>
    </message>
    <message>
        <source>N = %1 dendrite</source>
        <translation>N = %1 Dendrit</translation>
    </message>
    <message>
        <source>N = %1 dendrites</source>
        <translation>N = %1 Dendriten</translation>
    </message>
    <message>
        <source>N = %1 neuron</source>
        <translation>N = %1 Neuron</translation>
    </message>
    <message>
        <source>N = %1 neurons</source>
        <translation>N = %1 Neuronen</translation>
    </message>
    <message>
        <source>Native disk</source>
        <translation>Native Scheibe</translation>
    </message>
    <message>
        <source>Nature, one column</source>
        <translation>Nature, eine Spalte</translation>
    </message>
    <message>
        <source>Nature, two columns</source>
        <translation>Nature, zwei Spalten</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Netze</translation>
    </message>
    <message>
        <source>NeurIPS, text width</source>
        <translation>NeurIPS, Textbreite</translation>
    </message>
    <message>
        <source>Neuron</source>
        <translation>Neuron</translation>
    </message>
    <message>
        <source>Neurons</source>
        <translation>Neuronen</translation>
    </message>
    <message>
        <source>Neurons in each layer, inputs first; each layer is joined to the next.</source>
        <translation>Neuronen in jeder Schicht, die Eingänge zuerst; jede Schicht ist mit der nächsten verbunden.</translation>
    </message>
    <message>
        <source>Newman&apos;s leading eigenvectors, fine-tuned as the usual routine does it: the mean over node orders. Falls short where many nodes are alike, as in trees.</source>
        <translation>Newmans führende Eigenvektoren, feinabgestimmt wie in der üblichen Routine: das Mittel über Reihenfolgen der Knoten. Bleibt zurück, wo viele Knoten gleich sind, etwa in Bäumen.</translation>
    </message>
    <message>
        <source>No neuron has a link: there are no degrees to show.</source>
        <translation>Kein Neuron hat eine Verbindung: es gibt keine Grade zu zeigen.</translation>
    </message>
    <message>
        <source>Noam</source>
        <translation>Noam</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Non-centred Isomap</source>
        <translation>Nichtzentriertes Isomap</translation>
    </message>
    <message>
        <source>Non-centred minimum curvilinear embedding</source>
        <translation>Nichtzentrierte minimale krummlinige Einbettung</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>NumPy archive</source>
        <translation>NumPy-Archiv</translation>
    </message>
    <message>
        <source>NumPy matrix</source>
        <translation>NumPy-Matrix</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Number of links.</source>
        <translation>Anzahl der Verbindungen.</translation>
    </message>
    <message>
        <source>Number of neurons.</source>
        <translation>Anzahl der Neuronen.</translation>
    </message>
    <message>
        <source>One</source>
        <translation>Eine</translation>
    </message>
    <message>
        <source>One coordinate from centred distances along the minimum spanning tree; unique only with EBC weights.</source>
        <translation>Eine Koordinate aus zentrierten Abständen entlang des minimalen Spannbaums; eindeutig nur mit EBC-Gewichten.</translation>
    </message>
    <message>
        <source>One for both languages and the answers; it takes a common vocabulary.</source>
        <translation>Eine für beide Sprachen und die Antworten; sie braucht ein gemeinsames Vokabular.</translation>
    </message>
    <message>
        <source>One for each language, and one for the answers.</source>
        <translation>Eine für jede Sprache und eine für die Antworten.</translation>
    </message>
    <message>
        <source>One matrix per layer: a row for each neuron, a column for each of its inputs</source>
        <translation>Eine Matrix je Schicht: eine Zeile für jedes Neuron, eine Spalte für jeden seiner Eingänge</translation>
    </message>
    <message>
        <source>One run per seed, each with its own topology and weights; they make one group.</source>
        <translation>Ein Lauf je Startwert, jeder mit eigener Topologie und eigenen Gewichten; sie bilden eine Gruppe.</translation>
    </message>
    <message>
        <source>Opacity of links</source>
        <translation>Deckkraft der Verbindungen</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>Optimierer</translation>
    </message>
    <message>
        <source>Order of the matrix</source>
        <translation>Ordnung der Matrix</translation>
    </message>
    <message>
        <source>Order of the rows and columns of the matrix</source>
        <translation>Reihenfolge der Zeilen und Spalten der Matrix</translation>
    </message>
    <message>
        <source>Orientation</source>
        <translation>Ausrichtung</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Ursprünglich</translation>
    </message>
    <message>
        <source>Output neurons</source>
        <translation>Ausgangsneuronen</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>Ausgänge</translation>
    </message>
    <message>
        <source>Own</source>
        <translation>Eigenes</translation>
    </message>
    <message>
        <source>Own file</source>
        <translation>Eigene Datei</translation>
    </message>
    <message>
        <source>Own text</source>
        <translation>Eigener Text</translation>
    </message>
    <message>
        <source>Pairs that no way joins are left out, so a shattered network looks short: read it beside the share of connected pairs.</source>
        <translation>Paare, die kein Weg verbindet, zählen nicht, sodass ein zersplittertes Netz kurz aussieht: Lesen Sie sie neben dem Anteil verbundener Paare.</translation>
    </message>
    <message>
        <source>Pajek</source>
        <translation>Pajek</translation>
    </message>
    <message>
        <source>Paragraphs of the LibreOffice help in two languages; the Debian packages libreoffice-help-* bring its files.</source>
        <translation>Absätze der LibreOffice-Hilfe in zwei Sprachen; die Debian-Pakete libreoffice-help-* bringen die Dateien mit.</translation>
    </message>
    <message>
        <source>Passes of each Leiden run, each from the division of the one before; 0: until one gains nothing, 1: as in the values published for the DNM</source>
        <translation>Durchgänge jedes Leiden-Laufs, jeder von der Einteilung des vorigen aus; 0: bis keiner mehr etwas gewinnt, 1: wie in den veröffentlichten Werten des DNM</translation>
    </message>
    <message>
        <source>Path length L</source>
        <translation>Pfadlänge L</translation>
    </message>
    <message>
        <source>Paths whose middle neurons have few links that leave the local community.</source>
        <translation>Wege, deren mittlere Neuronen wenige Verbindungen haben, die die lokale Gemeinschaft verlassen.</translation>
    </message>
    <message>
        <source>Per neuron</source>
        <translation>Je Neuron</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>Perplexität</translation>
    </message>
    <message>
        <source>Photographs of animals and vehicles, cropped and mirrored at random; the six files of its binary or Python version.</source>
        <translation>Fotos von Tieren und Fahrzeugen, zufällig beschnitten und gespiegelt; die sechs Dateien der binären oder der Python-Fassung.</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>Stücke</translation>
    </message>
    <message>
        <source>Pieces that a step takes, padding included, on the larger side.</source>
        <translation>Stücke, die ein Schritt nimmt, Auffüllung eingeschlossen, auf der größeren Seite.</translation>
    </message>
    <message>
        <source>Pieces that are learned from both languages together, by byte-pair encoding.</source>
        <translation>Stücke, die aus beiden Sprachen gemeinsam durch Byte-Pair-Encoding gelernt werden.</translation>
    </message>
    <message>
        <source>Places per step</source>
        <translation>Plätze je Schritt</translation>
    </message>
    <message>
        <source>Poincaré disk</source>
        <translation>Poincaré-Scheibe</translation>
    </message>
    <message>
        <source>Power law γ</source>
        <translation>Potenzgesetz γ</translation>
    </message>
    <message>
        <source>Power-law exponent</source>
        <translation>Potenzgesetz-Exponent</translation>
    </message>
    <message>
        <source>Probability that a link is moved to a random empty place.</source>
        <translation>Wahrscheinlichkeit, dass eine Verbindung an eine zufällige leere Stelle versetzt wird.</translation>
    </message>
    <message>
        <source>Probability that a link of the bipartite small world is moved to a random empty place: 0 is a regular band, 1 is random.</source>
        <translation>Wahrscheinlichkeit, dass eine Verbindung der bipartiten kleinen Welt an eine zufällige leere Stelle versetzt wird: 0 ist ein regelmäßiges Band, 1 ist zufällig.</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Pull of all weights and biases towards zero.</source>
        <translation>Zug aller Gewichte und Biases gegen null.</translation>
    </message>
    <message>
        <source>PyTorch</source>
        <translation>PyTorch</translation>
    </message>
    <message>
        <source>Q = Σ_c [e_c/m − (K_c/2m)²], e_c links inside community c, K_c its degrees, m all links</source>
        <translation>Q = Σ_c [e_c/m − (K_c/2m)²], e_c Verbindungen innerhalb der Gemeinschaft c, K_c ihre Grade, m alle Verbindungen</translation>
    </message>
    <message>
        <source>Q and σ_c</source>
        <translation>Q und σ_c</translation>
    </message>
    <message>
        <source>Q by</source>
        <translation>Q nach</translation>
    </message>
    <message>
        <source>Radius r</source>
        <translation>Radius r</translation>
    </message>
    <message>
        <source>Ramanujan</source>
        <translation>Ramanujan</translation>
    </message>
    <message>
        <source>Ramanujan graph</source>
        <translation>Ramanujan-Graph</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>Zufällig</translation>
    </message>
    <message>
        <source>Random removals that σ_c is the mean over</source>
        <translation>Zufällige Entfernungen, über die σ_c das Mittel ist</translation>
    </message>
    <message>
        <source>Randomness</source>
        <translation>Zufälligkeit</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Reichweite</translation>
    </message>
    <message>
        <source>Rate schedule</source>
        <translation>Verlauf der Rate</translation>
    </message>
    <message>
        <source>Receptive field</source>
        <translation>Rezeptives Feld</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Relative importance</source>
        <translation>Relative Bedeutung</translation>
    </message>
    <message>
        <source>Remove by</source>
        <translation>Entfernen nach</translation>
    </message>
    <message>
        <source>Repulsion-attraction 1</source>
        <translation>Abstoßung-Anziehung 1</translation>
    </message>
    <message>
        <source>Repulsion-attraction 2</source>
        <translation>Abstoßung-Anziehung 2</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>Auflösung</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Rewire until</source>
        <translation>Neuverdrahten bis</translation>
    </message>
    <message>
        <source>Rewired fraction</source>
        <translation>Neuverdrahteter Anteil</translation>
    </message>
    <message>
        <source>Rewired links</source>
        <translation>Neuverdrahtete Verbindungen</translation>
    </message>
    <message>
        <source>Rewiring</source>
        <translation>Neuverdrahtung</translation>
    </message>
    <message>
        <source>Rewiring rule</source>
        <translation>Neuverdrahtung</translation>
    </message>
    <message>
        <source>RigL</source>
        <translation>RigL</translation>
    </message>
    <message>
        <source>Rises over the first steps, then falls as one over the root of the steps; for Transformers.</source>
        <translation>Steigt über die ersten Schritte, fällt dann wie eins durch die Wurzel der Schritte; für Transformer.</translation>
    </message>
    <message>
        <source>Rows and columns of one community stand together, so that blocks show.</source>
        <translation>Zeilen und Spalten einer Gemeinschaft stehen beisammen, sodass Blöcke sichtbar werden.</translation>
    </message>
    <message>
        <source>Rows and columns of the matrix stand in the order of the neurons.</source>
        <translation>Zeilen und Spalten der Matrix stehen in der Reihenfolge der Neuronen.</translation>
    </message>
    <message>
        <source>Run folder</source>
        <translation>Laufordner</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Runs of consecutive inputs among its links in</source>
        <translation>Folgen benachbarter Eingänge unter seinen eingehenden Verbindungen</translation>
    </message>
    <message>
        <source>Runs of neighbouring inputs of one neuron have a colour each.</source>
        <translation>Folgen benachbarter Eingänge eines Neurons haben je eine Farbe.</translation>
    </message>
    <message>
        <source>Runs of the Q estimator, of which the best counts; node orders of the spectral one, over which it is the mean</source>
        <translation>Läufe des Schätzverfahrens für Q, von denen der beste zählt; beim spektralen Verfahren Reihenfolgen der Knoten, über die gemittelt wird</translation>
    </message>
    <message>
        <source>SET</source>
        <translation>SET</translation>
    </message>
    <message>
        <source>SGD with momentum</source>
        <translation>SGD mit Momentum</translation>
    </message>
    <message>
        <source>SNIP</source>
        <translation>SNIP</translation>
    </message>
    <message>
        <source>Safetensors</source>
        <translation>Safetensors</translation>
    </message>
    <message>
        <source>Sampled</source>
        <translation>Gelost</translation>
    </message>
    <message>
        <source>Schedule of ζ</source>
        <translation>Verlauf von ζ</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>Bezug</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>Startwerte</translation>
    </message>
    <message>
        <source>Sentences of the validation part that are translated for BLEU after each epoch; 0: none.</source>
        <translation>Sätze des Validierungsteils, die nach jeder Epoche für BLEU übersetzt werden; 0: keine.</translation>
    </message>
    <message>
        <source>Sentences of your own: a folder of train, valid and test, each in two languages (train.en, train.de, …), a sentence a line.</source>
        <translation>Eigene Sätze: ein Ordner mit train, valid und test, jeweils in zwei Sprachen (train.en, train.de, …), ein Satz je Zeile.</translation>
    </message>
    <message>
        <source>Sentences scored</source>
        <translation>Bewertete Sätze</translation>
    </message>
    <message>
        <source>Separate</source>
        <translation>Getrennt</translation>
    </message>
    <message>
        <source>Share of the possible links that are left out; the number of links is met exactly.</source>
        <translation>Dünnbesetztheit (sparsity): Anteil der möglichen Verbindungen, die fehlen; die Anzahl der Verbindungen wird genau eingehalten.</translation>
    </message>
    <message>
        <source>Single lines, or how many links lie on each other</source>
        <translation>Einzelne Linien oder wie viele Verbindungen aufeinanderliegen</translation>
    </message>
    <message>
        <source>Size of neurons</source>
        <translation>Größe der Neuronen</translation>
    </message>
    <message>
        <source>Sizes of the sparse hidden layers between the inputs and the classifier; choosing a data set makes them those that are usual for it.</source>
        <translation>Größen der dünn besetzten verdeckten Schichten zwischen den Eingängen und dem Klassifikator; die Wahl eines Datensatzes setzt die dafür üblichen.</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>Klein</translation>
    </message>
    <message>
        <source>Smaller side</source>
        <translation>Kleinere Seite</translation>
    </message>
    <message>
        <source>Sparse</source>
        <translation>Dünn besetzt</translation>
    </message>
    <message>
        <source>Sparse (SWI)</source>
        <translation>Dünn besetzt (SWI)</translation>
    </message>
    <message>
        <source>Sparse, fan-out</source>
        <translation>Dünn besetzt, Fan-out</translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation>Sparsity</translation>
    </message>
    <message>
        <source>Spatial Gaussian</source>
        <translation>Räumlich Gauß</translation>
    </message>
    <message>
        <source>Spatial Gaussian %1</source>
        <translation>Räumlich Gauß %1</translation>
    </message>
    <message>
        <source>Spatial inverse Gaussian</source>
        <translation>Räumlich umgekehrt Gauß</translation>
    </message>
    <message>
        <source>Spatial inverse Gaussian %1</source>
        <translation>Räumlich umgekehrt Gauß %1</translation>
    </message>
    <message>
        <source>Spectral</source>
        <translation>Spektral</translation>
    </message>
    <message>
        <source>Speed-up</source>
        <translation>Beschleunigung</translation>
    </message>
    <message>
        <source>Stack</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>Start exponent</source>
        <translation>Anfangsexponent</translation>
    </message>
    <message>
        <source>Start of the random numbers for weights, order of the examples and held-out examples.</source>
        <translation>Anfang der Zufallszahlen für Gewichte, Reihenfolge der Beispiele und zurückgehaltene Beispiele.</translation>
    </message>
    <message>
        <source>Start of the random numbers: the same parameters and seed give the same network everywhere.</source>
        <translation>Anfang der Zufallszahlen: Dieselben Parameter und derselbe Startwert ergeben überall dasselbe Netz.</translation>
    </message>
    <message>
        <source>Start sparsity</source>
        <translation>Anfangssparsity</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Static</source>
        <translation>Statisch</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Bleiben</translation>
    </message>
    <message>
        <source>Stays as it is.</source>
        <translation>Bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Steepness</source>
        <translation>Steilheit</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Steps against the gradient that keep a part of those before.</source>
        <translation>Schritte gegen den Gradienten, die einen Teil der vorigen behalten.</translation>
    </message>
    <message>
        <source>Steps between two validations; an epoch of the run has so many.</source>
        <translation>Schritte zwischen zwei Validierungen; eine Epoche des Laufs hat so viele.</translation>
    </message>
    <message>
        <source>Steps by the mean gradient over the root of the mean squared gradient.</source>
        <translation>Schritte nach dem mittleren Gradienten durch die Wurzel des mittleren quadrierten Gradienten.</translation>
    </message>
    <message>
        <source>Steps over which the learning rate rises.</source>
        <translation>Schritte, über die die Lernrate steigt.</translation>
    </message>
    <message>
        <source>Steps per epoch</source>
        <translation>Schritte je Epoche</translation>
    </message>
    <message>
        <source>Stop at error</source>
        <translation>Ende bei Fehler</translation>
    </message>
    <message>
        <source>Stop drawing for σ_c once its standard error is at most this; 0 makes all draws</source>
        <translation>Nicht weiter für σ_c ziehen, sobald der Standardfehler höchstens so groß ist; 0 macht alle Ziehungen</translation>
    </message>
    <message>
        <source>Straight</source>
        <translation>Gerade</translation>
    </message>
    <message>
        <source>Structural consistency</source>
        <translation>Strukturelle Konsistenz</translation>
    </message>
    <message>
        <source>Synapses</source>
        <translation>Synapsen</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>T = round((1 - s)·n_in·n_out) links per layer, mean degree k̄ = (1 - s)·n_in</source>
        <translation>T = round((1 - s)·n_in·n_out) Verbindungen je Schicht, mittlerer Grad k̄ = (1 - s)·n_in</translation>
    </message>
    <message>
        <source>Table of links</source>
        <translation>Tabelle der Verbindungen</translation>
    </message>
    <message>
        <source>Tables of pieces</source>
        <translation>Tabellen der Stücke</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>Test BLEU</source>
        <translation>Test-BLEU</translation>
    </message>
    <message>
        <source>Test accuracy</source>
        <translation>Testgenauigkeit</translation>
    </message>
    <message>
        <source>Test at best validation</source>
        <translation>Test bei bester Validierung</translation>
    </message>
    <message>
        <source>Test loss</source>
        <translation>Testverlust</translation>
    </message>
    <message>
        <source>Test perplexity</source>
        <translation>Testperplexität</translation>
    </message>
    <message>
        <source>Test share</source>
        <translation>Testanteil</translation>
    </message>
    <message>
        <source>Test token accuracy</source>
        <translation>Token-Genauigkeit (Test)</translation>
    </message>
    <message>
        <source>Test translations</source>
        <translation>Testübersetzungen</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Text as people write it, cut into pieces that are learned from the training part.</source>
        <translation>Text, wie Menschen ihn schreiben, in Stücke zerlegt, die aus dem Trainingsteil gelernt werden.</translation>
    </message>
    <message>
        <source>Text that is cut already, at its blanks; &quot;@@ &quot; is joined before scoring.</source>
        <translation>Bereits zerlegter Text, an seinen Leerzeichen; „@@ “ wird vor dem Bewerten verbunden.</translation>
    </message>
    <message>
        <source>The Dendritic Network Model with every quantity fixed: three dendrites a neuron, spread over all inputs.</source>
        <translation>Das Dendritic Network Model, alle Größen fest: drei Dendriten je Neuron, über alle Eingänge verteilt.</translation>
    </message>
    <message>
        <source>The angle in the hyperbolic disk, around the circle of hues.</source>
        <translation>Der Winkel in der hyperbolischen Scheibe, rund um den Farbkreis.</translation>
    </message>
    <message>
        <source>The best division is only estimated, and methods differ: compare values of the same method and number of runs. Random networks score well above zero too.</source>
        <translation>Die beste Einteilung wird nur geschätzt, und die Verfahren unterscheiden sich: Vergleichen Sie Werte desselben Verfahrens und gleich vieler Läufe. Auch Zufallsnetze liegen deutlich über null.</translation>
    </message>
    <message>
        <source>The colour shows how many links lie on each other; all links count.</source>
        <translation>Die Farbe zeigt, wie viele Verbindungen aufeinanderliegen; alle Verbindungen zählen.</translation>
    </message>
    <message>
        <source>The colours of the desktop.</source>
        <translation>Die Farben der Arbeitsumgebung.</translation>
    </message>
    <message>
        <source>The column of a table that holds the classes.</source>
        <translation>Die Spalte einer Tabelle, die die Klassen enthält.</translation>
    </message>
    <message>
        <source>The communities that Q found, the largest first; links within one have its colour, links between two are grey.</source>
        <translation>Die Gemeinschaften, die Q fand, die größte zuerst; Verbindungen innerhalb einer haben deren Farbe, Verbindungen zwischen zweien sind grau.</translation>
    </message>
    <message>
        <source>The data set whose training images the initialiser learns from; the first layer must be as large as its images.</source>
        <translation>Der Datensatz, aus dessen Trainingsbildern die Initialisierung lernt; die erste Schicht muss so groß sein wie seine Bilder.</translation>
    </message>
    <message>
        <source>The data that the network learns from.</source>
        <translation>Die Daten, aus denen das Netz lernt.</translation>
    </message>
    <message>
        <source>The dense tables that give each piece its features and score the answers.</source>
        <translation>Die dichten Tabellen, die jedem Stück seine Merkmale geben und die Antworten bewerten.</translation>
    </message>
    <message>
        <source>The examples and their classes: a .csv or .tsv table with a row for each example, plain or packed (.gz), or a NumPy archive (.npz) of arrays x and y.</source>
        <translation>Die Beispiele und ihre Klassen: eine .csv- oder .tsv-Tabelle mit einer Zeile je Beispiel, auch gepackt (.gz), oder ein NumPy-Archiv (.npz) mit den Feldern x und y.</translation>
    </message>
    <message>
        <source>The face of the program, with all letters of mathematics.</source>
        <translation>Die Schrift des Programms, mit allen Buchstaben der Mathematik.</translation>
    </message>
    <message>
        <source>The first CUDA device (masked engine).</source>
        <translation>Das erste CUDA-Gerät (maskierter Rechenkern).</translation>
    </message>
    <message>
        <source>The first column.</source>
        <translation>Die erste Spalte.</translation>
    </message>
    <message>
        <source>The folder with the data set&apos;s files; empty: where the system keeps them.</source>
        <translation>Der Ordner mit den Dateien des Datensatzes; leer: wo das System sie aufbewahrt.</translation>
    </message>
    <message>
        <source>The fraction falls to 0 along half a cosine.</source>
        <translation>Der Anteil fällt entlang eines halben Kosinus auf 0.</translation>
    </message>
    <message>
        <source>The fraction of a layer&apos;s links that an update moves.</source>
        <translation>Der Anteil der Verbindungen einer Schicht, den ein Update versetzt.</translation>
    </message>
    <message>
        <source>The fraction of the epochs over which the learning rate falls.</source>
        <translation>Der Anteil der Epochen, über den die Lernrate fällt.</translation>
    </message>
    <message>
        <source>The fraction of the training in which links are rewired.</source>
        <translation>Der Anteil des Trainings, in dem Verbindungen neu verdrahtet werden.</translation>
    </message>
    <message>
        <source>The fraction of the training over which the density falls.</source>
        <translation>Der Anteil des Trainings, über den die Dichte fällt.</translation>
    </message>
    <message>
        <source>The inputs end at the borders: dendrites push each other away from them.</source>
        <translation>Die Eingänge enden an den Rändern: Dendriten schieben einander von ihnen weg.</translation>
    </message>
    <message>
        <source>The inputs form a ring: what leaves at one end comes back at the other.</source>
        <translation>Die Eingänge bilden einen Ring: Was an einem Ende hinausgeht, kommt am anderen wieder herein.</translation>
    </message>
    <message>
        <source>The interval counts epochs; an update is the last step of one.</source>
        <translation>Der Abstand zählt Epochen; ein Update ist der letzte Schritt einer Epoche.</translation>
    </message>
    <message>
        <source>The interval counts steps.</source>
        <translation>Der Abstand zählt Schritte.</translation>
    </message>
    <message>
        <source>The language of the desktop, if the window speaks it; else English.</source>
        <translation>Die Sprache der Arbeitsumgebung, wenn das Fenster sie spricht; sonst Englisch.</translation>
    </message>
    <message>
        <source>The last column.</source>
        <translation>Die letzte Spalte.</translation>
    </message>
    <message>
        <source>The layer of links, from 1.</source>
        <translation>Die Schicht von Verbindungen, ab 1.</translation>
    </message>
    <message>
        <source>The layers as planes on each other, which a drag turns, with the links between them</source>
        <translation>Die Schichten als Ebenen übereinander, die sich durch Ziehen drehen, mit den Verbindungen dazwischen</translation>
    </message>
    <message>
        <source>The layers as rows or columns of neurons, with the links between them</source>
        <translation>Die Schichten als Zeilen oder Spalten von Neuronen, mit den Verbindungen dazwischen</translation>
    </message>
    <message>
        <source>The links join the inputs whose values correlate most over the training images of a data set.</source>
        <translation>Die Verbindungen gehen zu den Eingängen, deren Werte über die Trainingsbilder eines Datensatzes am stärksten korrelieren.</translation>
    </message>
    <message>
        <source>The links of a dense network that the loss on one batch of training images depends on most.</source>
        <translation>Die Verbindungen eines dichten Netzes, von denen der Verlust auf einem Stapel Trainingsbilder am stärksten abhängt.</translation>
    </message>
    <message>
        <source>The links of each layer are drawn uniformly among all possible ones.</source>
        <translation>Die Verbindungen jeder Schicht werden gleichverteilt unter allen möglichen gezogen.</translation>
    </message>
    <message>
        <source>The measures of the network, each with its method</source>
        <translation>Die Maße des Netzes, jedes mit seinem Verfahren</translation>
    </message>
    <message>
        <source>The most frequent words of each language are kept; 0: all.</source>
        <translation>Die häufigsten Wörter jeder Sprache bleiben; 0: alle.</translation>
    </message>
    <message>
        <source>The most salient links of all layers together; layers differ in sparsity.</source>
        <translation>Die wichtigsten Verbindungen aller Schichten zusammen; die Schichten unterscheiden sich in der Sparsity.</translation>
    </message>
    <message>
        <source>The most salient links of each layer, as many as its sparsity says.</source>
        <translation>Die wichtigsten Verbindungen jeder Schicht, so viele, wie ihre Sparsity besagt.</translation>
    </message>
    <message>
        <source>The network&apos;s layers in a chain with ReLU, and a dense classifier behind them.</source>
        <translation>Die Schichten des Netzes in einer Kette mit ReLU und ein dichter Klassifikator dahinter.</translation>
    </message>
    <message>
        <source>The neurons at their places in the hyperbolic disk, links as geodesics</source>
        <translation>Die Neuronen an ihren Orten in der hyperbolischen Scheibe, Verbindungen als Geodäten</translation>
    </message>
    <message>
        <source>The neurons of the smaller layer have a field in the larger one, as in the method&apos;s published code.</source>
        <translation>Die Neuronen der kleineren Schicht haben ein Feld in der größeren, wie im veröffentlichten Code des Verfahrens.</translation>
    </message>
    <message>
        <source>The normal distribution the first weights are drawn from; choosing a rewiring rule makes it the one that is usual for it.</source>
        <translation>Die Normalverteilung, aus der die ersten Gewichte gezogen werden; die Wahl einer Regel der Neuverdrahtung setzt die dafür übliche.</translation>
    </message>
    <message>
        <source>The outputs of every matrix, as the poster says.</source>
        <translation>Den Ausgängen jeder Matrix, wie das Poster sagt.</translation>
    </message>
    <message>
        <source>The power at the end of the rewiring.</source>
        <translation>Die Potenz am Ende der Neuverdrahtung.</translation>
    </message>
    <message>
        <source>The processor.</source>
        <translation>Der Prozessor.</translation>
    </message>
    <message>
        <source>The same as its released code runs.</source>
        <translation>Dasselbe, wie der veröffentlichte Code es tut.</translation>
    </message>
    <message>
        <source>The same fraction at every update.</source>
        <translation>Derselbe Anteil bei jedem Update.</translation>
    </message>
    <message>
        <source>The same value for every output neuron.</source>
        <translation>Derselbe Wert für jedes Ausgangsneuron.</translation>
    </message>
    <message>
        <source>The same, but it rises again from 0 over 20 steps after each of the updates that come every 100 steps.</source>
        <translation>Dasselbe, aber sie steigt nach jedem der Updates, die alle 100 Schritte kommen, über 20 Schritte wieder von 0 an.</translation>
    </message>
    <message>
        <source>The same, wider by 1/√density: signals keep their size.</source>
        <translation>Dieselbe, um 1/√Dichte breiter: Signale behalten ihre Größe.</translation>
    </message>
    <message>
        <source>The setting with the best validation accuracy (static training, Fashion-MNIST) of 40 random ones and their neighbours.</source>
        <translation>Die Einstellung mit der besten Validierungsgenauigkeit (statisches Training, Fashion-MNIST) von 40 zufälligen und ihren Nachbarn.</translation>
    </message>
    <message>
        <source>The share of the examples that is held out for tests where the file has no test part; the seed chooses them.</source>
        <translation>Der Anteil der Beispiele, der zum Testen zurückgehalten wird, wo die Datei keinen Testteil hat; der Startwert wählt sie aus.</translation>
    </message>
    <message>
        <source>The share of the target&apos;s probability that is spread over all pieces.</source>
        <translation>Der Anteil der Zielwahrscheinlichkeit, der auf alle Stücke verteilt wird.</translation>
    </message>
    <message>
        <source>The size of the loss&apos;s gradient, |∂L/∂w|, of the present batch.</source>
        <translation>Die Größe des Gradienten des Verlusts, |∂L/∂w|, im jetzigen Stapel.</translation>
    </message>
    <message>
        <source>The size of the weight, |w|.</source>
        <translation>Die Größe des Gewichts, |w|.</translation>
    </message>
    <message>
        <source>The smallest weights go for good, from a denser start.</source>
        <translation>Die kleinsten Gewichte gehen endgültig, von einem dichteren Anfang aus.</translation>
    </message>
    <message>
        <source>The smallest weights go, and links grow at random.</source>
        <translation>Die kleinsten Gewichte gehen, und Verbindungen wachsen zufällig.</translation>
    </message>
    <message>
        <source>The smallest weights go, and links grow where the gradient is largest.</source>
        <translation>Die kleinsten Gewichte gehen, und Verbindungen wachsen, wo der Gradient am größten ist.</translation>
    </message>
    <message>
        <source>The smallest weights go, and the links grow that the network around them predicts, until most of them return.</source>
        <translation>Die kleinsten Gewichte gehen, und die Verbindungen wachsen, die das Netz um sie vorhersagt, bis die meisten davon zurückkehren.</translation>
    </message>
    <message>
        <source>The sparsity of each layer once the density has fallen; 0: that of the model.</source>
        <translation>Die Sparsity jeder Schicht, wenn die Dichte gefallen ist; 0: die des Modells.</translation>
    </message>
    <message>
        <source>The sparsity that the model&apos;s network is drawn with to begin; a network from a file begins as it is.</source>
        <translation>Die Sparsity, mit der das Netz des Modells anfangs gezogen wird; ein Netz aus einer Datei beginnt, wie es ist.</translation>
    </message>
    <message>
        <source>The step of the best translations.</source>
        <translation>Der Schritt mit den besten Übersetzungen.</translation>
    </message>
    <message>
        <source>The step of the lowest loss.</source>
        <translation>Der Schritt mit dem kleinsten Verlust.</translation>
    </message>
    <message>
        <source>The step that guesses most pieces right.</source>
        <translation>Der Schritt, der die meisten Stücke richtig rät.</translation>
    </message>
    <message>
        <source>The test part is translated after every epoch.</source>
        <translation>Der Testteil wird nach jeder Epoche übersetzt.</translation>
    </message>
    <message>
        <source>The test part is translated after the last epoch with the mean of the parameters at the ends of so many last epochs; 1: with those of the last one.</source>
        <translation>Der Testteil wird nach der letzten Epoche mit dem Mittel der Parameter an den Enden so vieler letzter Epochen übersetzt; 1: mit denen der letzten.</translation>
    </message>
    <message>
        <source>The test part is translated after the last epoch.</source>
        <translation>Der Testteil wird nach der letzten Epoche übersetzt.</translation>
    </message>
    <message>
        <source>The test part is translated when an epoch is the best so far, and after the last.</source>
        <translation>Der Testteil wird übersetzt, wenn eine Epoche die bisher beste ist, und nach der letzten.</translation>
    </message>
    <message>
        <source>The topology stays as it was drawn; only the weights learn.</source>
        <translation>Die Topologie bleibt, wie sie gezogen wurde; nur die Gewichte lernen.</translation>
    </message>
    <message>
        <source>The type face of all texts</source>
        <translation>Die Schriftart aller Texte</translation>
    </message>
    <message>
        <source>The uniform distribution the matrices&apos; first weights are drawn from.</source>
        <translation>Die Gleichverteilung, aus der die ersten Gewichte der Matrizen gezogen werden.</translation>
    </message>
    <message>
        <source>The width that the journal or conference asks for</source>
        <translation>Die Breite, die die Zeitschrift oder Tagung verlangt</translation>
    </message>
    <message>
        <source>Their last one</source>
        <translation>Ihr letztes</translation>
    </message>
    <message>
        <source>They go too, and grow elsewhere.</source>
        <translation>Sie gehen auch und wachsen anderswo.</translation>
    </message>
    <message>
        <source>They stay.</source>
        <translation>Sie bleiben.</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Threads that share the steps of one run, where these are long enough; the results are the same for any number.</source>
        <translation>Threads, die sich die Schritte eines Laufs teilen, wo diese lang genug sind; die Ergebnisse sind bei jeder Anzahl gleich.</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>Durchsatz</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Times the opacity that the picture chooses by its number of links</source>
        <translation>Faktor für die Deckkraft, die das Bild nach seiner Anzahl von Verbindungen wählt</translation>
    </message>
    <message>
        <source>Times the size that the picture chooses for its neurons</source>
        <translation>Faktor für die Größe, die das Bild für seine Neuronen wählt</translation>
    </message>
    <message>
        <source>Times the width that the picture chooses for its links</source>
        <translation>Faktor für die Breite, die das Bild für seine Verbindungen wählt</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Gemeinsam</translation>
    </message>
    <message>
        <source>Token accuracy</source>
        <translation>Token-Genauigkeit</translation>
    </message>
    <message>
        <source>Training accuracy</source>
        <translation>Trainingsgenauigkeit</translation>
    </message>
    <message>
        <source>Training examples held out (chosen by the seed) to choose an epoch by.</source>
        <translation>Zurückgehaltene Trainingsbeispiele (vom Startwert ausgewählt), nach denen eine Epoche gewählt wird.</translation>
    </message>
    <message>
        <source>Training loss</source>
        <translation>Trainingsverlust</translation>
    </message>
    <message>
        <source>Training seed</source>
        <translation>Startwert des Trainings</translation>
    </message>
    <message>
        <source>Transformer</source>
        <translation>Transformer</translation>
    </message>
    <message>
        <source>Translations of a sentence that are followed side by side; 1: always the likeliest next piece.</source>
        <translation>Übersetzungen eines Satzes, die nebeneinander verfolgt werden; 1: immer das wahrscheinlichste nächste Stück.</translation>
    </message>
    <message>
        <source>Turn of the stack</source>
        <translation>Drehung des Stapels</translation>
    </message>
    <message>
        <source>U(±√(6/(n_in + n_out)))</source>
        <translation>U(±√(6/(n_in + n_out)))</translation>
    </message>
    <message>
        <source>Uniform</source>
        <translation>Gleichverteilt</translation>
    </message>
    <message>
        <source>Uniform %1</source>
        <translation>Gleichverteilt %1</translation>
    </message>
    <message>
        <source>Update every</source>
        <translation>Update alle</translation>
    </message>
    <message>
        <source>Updates of the topology</source>
        <translation>Updates der Topologie</translation>
    </message>
    <message>
        <source>Validation BLEU</source>
        <translation>Validierungs-BLEU</translation>
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation>Validierungsgenauigkeit</translation>
    </message>
    <message>
        <source>Validation accuracy of the best trials</source>
        <translation>Validierungsgenauigkeit der besten Versuche</translation>
    </message>
    <message>
        <source>Validation examples</source>
        <translation>Validierungsbeispiele</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>Validierungsverlust</translation>
    </message>
    <message>
        <source>Validation perplexity</source>
        <translation>Validierungsperplexität</translation>
    </message>
    <message>
        <source>Validation token accuracy</source>
        <translation>Token-Genauigkeit (Validierung)</translation>
    </message>
    <message>
        <source>Values scatter around the mean in a bell shape.</source>
        <translation>Die Werte streuen glockenförmig um den Mittelwert.</translation>
    </message>
    <message>
        <source>Verses of the King James Version and the Reina Valera of 1909; the Debian packages sword-text-kjv and sword-text-sparv bring its files.</source>
        <translation>Verse der King James Version und der Reina Valera von 1909; die Debian-Pakete sword-text-kjv und sword-text-sparv bringen die Dateien mit.</translation>
    </message>
    <message>
        <source>WMT17</source>
        <translation>WMT17</translation>
    </message>
    <message>
        <source>WMT17, released code</source>
        <translation>WMT17, veröffentlichter Code</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Anlauf</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Gewichtsabnahme</translation>
    </message>
    <message>
        <source>Weight of new links</source>
        <translation>Gewicht neuer Verbindungen</translation>
    </message>
    <message>
        <source>Weight of the Poincaré disk in the disk between: 0 is the native disk, 1 that of Poincaré</source>
        <translation>Gewicht der Poincaré-Scheibe in der Scheibe dazwischen: 0 ist die native Scheibe, 1 die von Poincaré</translation>
    </message>
    <message>
        <source>Weight start</source>
        <translation>Anfangsgewichte</translation>
    </message>
    <message>
        <source>What becomes of links that lie on no path through the layers.</source>
        <translation>Was aus Verbindungen wird, die auf keinem Weg durch die Schichten liegen.</translation>
    </message>
    <message>
        <source>What chooses the best step on the validation part.</source>
        <translation>Was den besten Schritt auf dem Validierungsteil auswählt.</translation>
    </message>
    <message>
        <source>What computes L</source>
        <translation>Was L berechnet</translation>
    </message>
    <message>
        <source>What computes Leiden</source>
        <translation>Was Leiden berechnet</translation>
    </message>
    <message>
        <source>What fits γ</source>
        <translation>Was γ anpasst</translation>
    </message>
    <message>
        <source>What happens to a dendrite that would cross the end of the input layer.</source>
        <translation>Was mit einem Dendriten geschieht, der über das Ende der Eingangsschicht hinausginge.</translation>
    </message>
    <message>
        <source>What is left of the learning rate when its fall ends; 1 keeps it constant.</source>
        <translation>Was von der Lernrate bleibt, wenn ihr Fall endet; 1 hält sie konstant.</translation>
    </message>
    <message>
        <source>What kind of model learns; choosing a data set makes it the one that can.</source>
        <translation>Welche Art Modell lernt; die Wahl eines Datensatzes setzt das, das es kann.</translation>
    </message>
    <message>
        <source>What longer translations are favoured by; 0: nothing.</source>
        <translation>Womit längere Übersetzungen bevorzugt werden; 0: mit nichts.</translation>
    </message>
    <message>
        <source>What the colour of a link means</source>
        <translation>Was die Farbe einer Verbindung bedeutet</translation>
    </message>
    <message>
        <source>What the colour of a neuron means</source>
        <translation>Was die Farbe eines Neurons bedeutet</translation>
    </message>
    <message>
        <source>What the interval counts.</source>
        <translation>Was der Abstand zählt.</translation>
    </message>
    <message>
        <source>What weight a link that grows again starts with.</source>
        <translation>Mit welchem Gewicht eine Verbindung beginnt, die wieder wächst.</translation>
    </message>
    <message>
        <source>Where synapses go whose inputs are taken already, so that every degree is met exactly.</source>
        <translation>Wohin Synapsen gehen, deren Eingänge schon belegt sind, damit jeder Grad genau eingehalten wird.</translation>
    </message>
    <message>
        <source>Where the most salient links are looked for.</source>
        <translation>Wo die wichtigsten Verbindungen gesucht werden.</translation>
    </message>
    <message>
        <source>Where the run computes.</source>
        <translation>Wo der Lauf rechnet.</translation>
    </message>
    <message>
        <source>Whether the parts of a matrix that belong to the heads of an attention are rewired together or apart.</source>
        <translation>Ob die Teile einer Matrix, die zu den Köpfen einer Attention gehören, gemeinsam oder getrennt neu verdrahtet werden.</translation>
    </message>
    <message>
        <source>Which hyperbolic disk is drawn</source>
        <translation>Welche hyperbolische Scheibe gezeichnet wird</translation>
    </message>
    <message>
        <source>Which links between two layers run together</source>
        <translation>Welche Verbindungen zwischen zwei Schichten zusammenlaufen</translation>
    </message>
    <message>
        <source>Which neurons of a layer have receptive fields, all of the same size.</source>
        <translation>Welche Neuronen einer Schicht rezeptive Felder haben, alle von gleicher Größe.</translation>
    </message>
    <message>
        <source>Which neurons of a matrix the model gives receptive fields.</source>
        <translation>Welchen Neuronen einer Matrix das Modell rezeptive Felder gibt.</translation>
    </message>
    <message>
        <source>Whole network</source>
        <translation>Ganzes Netz</translation>
    </message>
    <message>
        <source>Whose settings the training of a Transformer begins with; choosing one sets the others.</source>
        <translation>Mit wessen Einstellungen das Training eines Transformers beginnt; die Wahl setzt die übrigen.</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Width of lines</source>
        <translation>Breite der Linien</translation>
    </message>
    <message>
        <source>Width on paper: a length (mm, cm, in, pt) or a usual width by its name</source>
        <translation>Breite auf Papier: eine Länge (mm, cm, in, pt) oder eine übliche Breite mit ihrem Namen</translation>
    </message>
    <message>
        <source>Within the window</source>
        <translation>Im Fenster</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Wrap around</source>
        <translation>Umlaufend</translation>
    </message>
    <message>
        <source>a  random</source>
        <translation>a  zufällig</translation>
    </message>
    <message>
        <source>a network without links has no modularity</source>
        <translation>ein Netz ohne Verbindungen hat keine Modularität</translation>
    </message>
    <message>
        <source>a step %1 times as fast as masked dense products, measured at the start</source>
        <translation>ein Schritt %1-mal so schnell wie maskierte dichte Produkte, zu Beginn gemessen</translation>
    </message>
    <message>
        <source>a step masked %1 ms (sparse %2 ms)</source>
        <translation>ein Schritt maskiert %1 ms (dünn besetzt %2 ms)</translation>
    </message>
    <message>
        <source>a step sparse %1 ms (masked %2 ms)</source>
        <translation>ein Schritt dünn besetzt %1 ms (maskiert %2 ms)</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>against update %1</source>
        <translation>gegen Update %1</translation>
    </message>
    <message>
        <source>all links</source>
        <translation>gesamt</translation>
    </message>
    <message>
        <source>all randomised copies have the same value</source>
        <translation>alle zufälligen Kopien haben denselben Wert</translation>
    </message>
    <message>
        <source>alone (%1)</source>
        <translation>allein (%1)</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>angles: computing the embedding …</source>
        <translation>Winkel: die Einbettung wird berechnet …</translation>
    </message>
    <message>
        <source>as the run began</source>
        <translation>wie der Lauf begann</translation>
    </message>
    <message>
        <source>at epoch %1</source>
        <translation>in Epoche %1</translation>
    </message>
    <message>
        <source>b  standard</source>
        <translation>b  Standard</translation>
    </message>
    <message>
        <source>baseline</source>
        <translation>Zufallswert</translation>
    </message>
    <message>
        <source>batches</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>before links were rewired</source>
        <translation>bevor Verbindungen neu verdrahtet wurden</translation>
    </message>
    <message>
        <source>best</source>
        <translation>bester</translation>
    </message>
    <message>
        <source>best epoch</source>
        <translation>beste Epoche</translation>
    </message>
    <message>
        <source>best of %1</source>
        <translation>bester von %1</translation>
    </message>
    <message>
        <source>best so far</source>
        <translation>bisher beste</translation>
    </message>
    <message>
        <source>bit-parallel breadth-first search</source>
        <translation>bit-parallele Breitensuche</translation>
    </message>
    <message>
        <source>c  degree spatial Gaussian</source>
        <translation>c  Grad räumlich</translation>
    </message>
    <message>
        <source>cancelled – F5 computes it</source>
        <translation>abgebrochen – F5 berechnet es</translation>
    </message>
    <message>
        <source>communities</source>
        <translation>Gemeinschaften</translation>
    </message>
    <message>
        <source>communities (neurons)</source>
        <translation>Gemeinschaften (Größe)</translation>
    </message>
    <message>
        <source>communities: computing …</source>
        <translation>Gemeinschaften: werden berechnet …</translation>
    </message>
    <message>
        <source>computing the embedding …</source>
        <translation>die Einbettung wird berechnet …</translation>
    </message>
    <message>
        <source>connected pairs</source>
        <translation>verbundene Paare</translation>
    </message>
    <message>
        <source>d  synapses spatial Gaussian</source>
        <translation>d  Synapsen räumlich</translation>
    </message>
    <message>
        <source>degree k</source>
        <translation>Grad k</translation>
    </message>
    <message>
        <source>degrees</source>
        <translation>Grad</translation>
    </message>
    <message>
        <source>dendrites</source>
        <translation>Dendriten</translation>
    </message>
    <message>
        <source>density %1 to %2</source>
        <translation>Dichte %1 bis %2</translation>
    </message>
    <message>
        <source>diameter</source>
        <translation>Durchmesser</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>dpi</source>
        <translation>dpi</translation>
    </message>
    <message>
        <source>draws</source>
        <translation>Ziehungen</translation>
    </message>
    <message>
        <source>each</source>
        <translation>je</translation>
    </message>
    <message>
        <source>each link removed with probability p, as many put back uniformly</source>
        <translation>jede Verbindung mit Wahrscheinlichkeit p entfernt, ebenso viele gleichverteilt zurückgesetzt</translation>
    </message>
    <message>
        <source>each trial</source>
        <translation>jeder Versuch</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>Epoche %1</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>er, erk: T_l ∝ n_in + n_out, Σ T_l as with uniform, no layer above full</source>
        <translation>er, erk: T_l ∝ n_in + n_out, Σ T_l wie bei uniform, keine Schicht über voll</translation>
    </message>
    <message>
        <source>error of %1 not reached</source>
        <translation>Fehler von %1 nicht erreicht</translation>
    </message>
    <message>
        <source>every neuron</source>
        <translation>jedes Neuron</translation>
    </message>
    <message>
        <source>examples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>failed (%1 of %2)</source>
        <translation>fehlgeschlagen (%1 von %2)</translation>
    </message>
    <message>
        <source>false</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>feed-forward of encoder block %1</source>
        <translation>Feed-Forward des Encoder-Blocks %1</translation>
    </message>
    <message>
        <source>fewer than %1 links</source>
        <translation>weniger als %1 Verbindungen</translation>
    </message>
    <message>
        <source>fewer than two distinct degrees</source>
        <translation>weniger als zwei verschiedene Grade</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>finished (%1 of %2)</source>
        <translation>fertig (%1 von %2)</translation>
    </message>
    <message>
        <source>finite-size correction</source>
        <translation>Korrektur für endliche Größe</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>von %1 bis %2</translation>
    </message>
    <message>
        <source>from -%1 to %2</source>
        <translation>von -%1 bis %2</translation>
    </message>
    <message>
        <source>from -%1 to -%2</source>
        <translation>von -%1 bis -%2</translation>
    </message>
    <message>
        <source>from epoch %1 to %2</source>
        <translation>von Epoche %1 bis %2</translation>
    </message>
    <message>
        <source>given removal set</source>
        <translation>gegebene Entfernungen</translation>
    </message>
    <message>
        <source>global efficiency</source>
        <translation>globale Effizienz</translation>
    </message>
    <message>
        <source>gone on</source>
        <translation>weitergegangen</translation>
    </message>
    <message>
        <source>half width</source>
        <translation>halbe Breite</translation>
    </message>
    <message>
        <source>half width %1</source>
        <translation>halbe Breite %1</translation>
    </message>
    <message>
        <source>hits</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>igraph</source>
        <translation>igraph</translation>
    </message>
    <message>
        <source>igraph fit</source>
        <translation>Anpassung von igraph</translation>
    </message>
    <message>
        <source>igraph&apos;s Leiden, as a second opinion.</source>
        <translation>Leiden von igraph, als zweite Meinung.</translation>
    </message>
    <message>
        <source>igraph&apos;s fit, as a second opinion.</source>
        <translation>Die Anpassung von igraph, als zweite Meinung.</translation>
    </message>
    <message>
        <source>igraph&apos;s routine, as a second opinion.</source>
        <translation>Die Routine von igraph, als zweite Meinung.</translation>
    </message>
    <message>
        <source>inputs</source>
        <translation>Eingänge</translation>
    </message>
    <message>
        <source>inputs - H - H - H - classes</source>
        <translation>Eingänge - H - H - H - Klassen</translation>
    </message>
    <message>
        <source>inputs by community</source>
        <translation>Eingänge nach Gemeinschaft</translation>
    </message>
    <message>
        <source>k_j as drawn in layer %1</source>
        <translation>k_j, wie in Schicht %1 gezogen</translation>
    </message>
    <message>
        <source>k_j as drawn in layers %1 and %2</source>
        <translation>k_j, wie in den Schichten %1 und %2 gezogen</translation>
    </message>
    <message>
        <source>k_j as drawn in layers %1 to %2</source>
        <translation>k_j, wie in den Schichten %1 bis %2 gezogen</translation>
    </message>
    <message>
        <source>k_j as drawn in layers %1, %2 and %3</source>
        <translation>k_j, wie in den Schichten %1, %2 und %3 gezogen</translation>
    </message>
    <message>
        <source>k_j consecutive inputs around j·n_in/n_out, each removed with probability β, as many put back uniformly</source>
        <translation>k_j benachbarte Eingänge um j·n_in/n_out, jeder mit Wahrscheinlichkeit β entfernt, ebenso viele gleichverteilt zurückgesetzt</translation>
    </message>
    <message>
        <source>k_j inputs without replacement, p ∝ (1 + t)^(-(1-r)/r), t = ring distance from the neuron&apos;s own place</source>
        <translation>k_j Eingänge ohne Zurücklegen, p ∝ (1 + t)^(-(1-r)/r), t = Ringabstand vom eigenen Ort des Neurons</translation>
    </message>
    <message>
        <source>k_j ~ U(k̄ - w·k̄, k̄ + w·k̄), clipped to [1, n_in]</source>
        <translation>k_j ~ U(k̄ - w·k̄, k̄ + w·k̄), auf [1, n_in] begrenzt</translation>
    </message>
    <message>
        <source>k_j ∝ 1 - exp(-d_j² / 2(σ·k̄)²), d_j = |j - (n_out-1)/2|</source>
        <translation>k_j ∝ 1 - exp(-d_j² / 2(σ·k̄)²), d_j = |j - (n_out-1)/2|</translation>
    </message>
    <message>
        <source>k_j ∝ exp(-d_j² / 2(σ·k̄)²), d_j = |j - (n_out-1)/2|</source>
        <translation>k_j ∝ exp(-d_j² / 2(σ·k̄)²), d_j = |j - (n_out-1)/2|</translation>
    </message>
    <message>
        <source>largest of %1 components embedded (%2 of %3 nodes)</source>
        <translation>größte von %1 Komponenten eingebettet (%2 von %3 Knoten)</translation>
    </message>
    <message>
        <source>last</source>
        <translation>zuletzt</translation>
    </message>
    <message>
        <source>last epoch</source>
        <translation>letzte Epoche</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>layer %1 by community</source>
        <translation>Schicht %1 nach Gemeinschaft</translation>
    </message>
    <message>
        <source>layers %1</source>
        <translation>Schichten %1</translation>
    </message>
    <message>
        <source>layers %1 to %2</source>
        <translation>Schichten %1 bis %2</translation>
    </message>
    <message>
        <source>lines: in, dashes: out</source>
        <translation>Linien: ein, Striche: aus</translation>
    </message>
    <message>
        <source>link removal</source>
        <translation>Entfernen von Verbindungen</translation>
    </message>
    <message>
        <source>links</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>links of layer %1</source>
        <translation>Verb. Schicht %1</translation>
    </message>
    <message>
        <source>links on each other</source>
        <translation>Verbindungen je Punkt</translation>
    </message>
    <message>
        <source>log P / ((5 + pieces)/6)^α</source>
        <translation>log P / ((5 + Stücke)/6)^α</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>m log n steps: milliseconds.</source>
        <translation>m log n Schritte: Millisekunden.</translation>
    </message>
    <message>
        <source>m steps times some tens: milliseconds.</source>
        <translation>m Schritte mal einige Zehn: Millisekunden.</translation>
    </message>
    <message>
        <source>masked</source>
        <translation>maskiert</translation>
    </message>
    <message>
        <source>maximum %1</source>
        <translation>größter %1</translation>
    </message>
    <message>
        <source>maximum likelihood on a grid</source>
        <translation>größte Likelihood auf einem Gitter</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>mean %1</source>
        <translation>Mittel %1</translation>
    </message>
    <message>
        <source>mean of %1 draws</source>
        <translation>Mittel über %1 Ziehungen</translation>
    </message>
    <message>
        <source>mean of %1 node orders</source>
        <translation>Mittel über %1 Knotenreihenfolgen</translation>
    </message>
    <message>
        <source>mean ± SE</source>
        <translation>Mittel ± SE</translation>
    </message>
    <message>
        <source>minimum %1</source>
        <translation>kleinster %1</translation>
    </message>
    <message>
        <source>multinomial, p_m ∝ exp(-(max δ - δ_m)² / 2(σ·n_in)²): the farthest dendrites get most</source>
        <translation>multinomial, p_m ∝ exp(-(max δ - δ_m)² / 2(σ·n_in)²): Die entferntesten Dendriten erhalten am meisten</translation>
    </message>
    <message>
        <source>multinomial, p_m ∝ exp(-δ_m² / 2(σ·n_in)²), δ_m = distance of dendrite m from the neuron&apos;s own place</source>
        <translation>multinomial, p_m ∝ exp(-δ_m² / 2(σ·n_in)²), δ_m = Abstand des Dendriten m vom eigenen Ort des Neurons</translation>
    </message>
    <message>
        <source>n shortest-path searches and n² numbers: seconds and 0.25 GB for 5,000 nodes.</source>
        <translation>n Suchen kürzester Wege und n² Zahlen: Sekunden und 0.25 GB für 5,000 Knoten.</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>n. v.</translation>
    </message>
    <message>
        <source>n/a against chance</source>
        <translation>n. v. gegen den Zufall</translation>
    </message>
    <message>
        <source>n_m as drawn in layer %1</source>
        <translation>n_m, wie in Schicht %1 gezogen</translation>
    </message>
    <message>
        <source>n_m as drawn in layers %1 and %2</source>
        <translation>n_m, wie in den Schichten %1 und %2 gezogen</translation>
    </message>
    <message>
        <source>n_m as drawn in layers %1 to %2</source>
        <translation>n_m, wie in den Schichten %1 bis %2 gezogen</translation>
    </message>
    <message>
        <source>n_m as drawn in layers %1, %2 and %3</source>
        <translation>n_m, wie in den Schichten %1, %2 und %3 gezogen</translation>
    </message>
    <message>
        <source>n_m ~ N(μ, s·μ), μ = k_j/M_j, scaled to sum k_j</source>
        <translation>n_m ~ N(μ, s·μ), μ = k_j/M_j, auf die Summe k_j skaliert</translation>
    </message>
    <message>
        <source>n_m ~ U(max(1, μ - w·μ), μ + w·μ), μ = k_j/M_j, scaled to sum k_j</source>
        <translation>n_m ~ U(max(1, μ - w·μ), μ + w·μ), μ = k_j/M_j, auf die Summe k_j skaliert</translation>
    </message>
    <message>
        <source>neurons</source>
        <translation>Neuronen</translation>
    </message>
    <message>
        <source>no epoch yet</source>
        <translation>noch keine Epoche</translation>
    </message>
    <message>
        <source>no links</source>
        <translation>ohne Verbindung</translation>
    </message>
    <message>
        <source>no missing link of layer %1 has a positive score: no path of three links joins any two neurons</source>
        <translation>keine fehlende Verbindung der Schicht %1 hat eine positive Bewertung: kein Weg aus drei Verbindungen verbindet zwei Neuronen</translation>
    </message>
    <message>
        <source>no missing link of layer %1: every link is there</source>
        <translation>keine fehlende Verbindung der Schicht %1: jede Verbindung ist da</translation>
    </message>
    <message>
        <source>no power law:</source>
        <translation>kein Potenzgesetz:</translation>
    </message>
    <message>
        <source>no randomised copy has a value</source>
        <translation>keine zufällige Kopie hat einen Wert</translation>
    </message>
    <message>
        <source>no room on the disk</source>
        <translation>kein Platz auf der Platte</translation>
    </message>
    <message>
        <source>no two neurons are joined</source>
        <translation>keine zwei Neuronen sind verbunden</translation>
    </message>
    <message>
        <source>no update in so few epochs</source>
        <translation>kein Update in so wenigen Epochen</translation>
    </message>
    <message>
        <source>nodes</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>not Ramanujan</source>
        <translation>nicht Ramanujan</translation>
    </message>
    <message>
        <source>not embedded</source>
        <translation>nicht eingebettet</translation>
    </message>
    <message>
        <source>nothing trained yet</source>
        <translation>noch nichts trainiert</translation>
    </message>
    <message>
        <source>nothing tried yet</source>
        <translation>noch nichts versucht</translation>
    </message>
    <message>
        <source>n·m steps: about a second for 5,000 nodes and 60,000 links.</source>
        <translation>n·m Schritte: etwa eine Sekunde für 5,000 Knoten und 60,000 Verbindungen.</translation>
    </message>
    <message>
        <source>of layer %1</source>
        <translation>der Schicht %1</translation>
    </message>
    <message>
        <source>of the layer&apos;s width</source>
        <translation>der Breite der Schicht</translation>
    </message>
    <message>
        <source>of the number of inputs</source>
        <translation>der Anzahl der Eingänge</translation>
    </message>
    <message>
        <source>only %1 degrees in the fitted tail, fewer than %2</source>
        <translation>nur %1 Grade im angepassten Ende, weniger als %2</translation>
    </message>
    <message>
        <source>only one randomised copy has a value</source>
        <translation>nur eine zufällige Kopie hat einen Wert</translation>
    </message>
    <message>
        <source>own file</source>
        <translation>eigene Datei</translation>
    </message>
    <message>
        <source>own text</source>
        <translation>eigener Text</translation>
    </message>
    <message>
        <source>p &lt; %1 (%2 sample, semi-parametric bootstrap of the grid fit, x_min refitted): the degrees do not follow a power law above x_min; it is rejected</source>
        <translation>p &lt; %1 (%2 Stichprobe, semiparametrischer Bootstrap der Gitteranpassung, x_min neu angepasst): die Grade folgen oberhalb von x_min keinem Potenzgesetz; es wird verworfen</translation>
    </message>
    <message>
        <source>p &lt; %1 (%2 sample, semi-parametric bootstrap of the grid fit, x_min refitted): the degrees may well follow a power law above x_min</source>
        <translation>p &lt; %1 (%2 Stichprobe, semiparametrischer Bootstrap der Gitteranpassung, x_min neu angepasst): die Grade können oberhalb von x_min gut einem Potenzgesetz folgen</translation>
    </message>
    <message>
        <source>p &lt; %1 (%2 samples, semi-parametric bootstrap of the grid fit, x_min refitted): the degrees do not follow a power law above x_min; it is rejected</source>
        <translation>p &lt; %1 (%2 Stichproben, semiparametrischer Bootstrap der Gitteranpassung, x_min neu angepasst): die Grade folgen oberhalb von x_min keinem Potenzgesetz; es wird verworfen</translation>
    </message>
    <message>
        <source>p &lt; %1 (%2 samples, semi-parametric bootstrap of the grid fit, x_min refitted): the degrees may well follow a power law above x_min</source>
        <translation>p &lt; %1 (%2 Stichproben, semiparametrischer Bootstrap der Gitteranpassung, x_min neu angepasst): die Grade können oberhalb von x_min gut einem Potenzgesetz folgen</translation>
    </message>
    <message>
        <source>p &lt; %1 ± %2 (%3 sample, semi-parametric bootstrap of the grid fit, x_min refitted): the degrees do not follow a power law above x_min; it is rejected</source>
        <translation>p &lt; %1 ± %2 (%3 Stichprobe, semiparametrischer Bootstrap der Gitteranpassung, x_min neu angepasst): die Grade folgen oberhalb von x_min keinem Potenzgesetz; es wird verworfen</translation>
    </message>
    <message>
        <source>p &lt; %1 ± %2 (%3 sample, semi-parametric bootstrap of the grid fit, x_min refitted): the degrees may well follow a power law above x_min</source>
        <translation>p &lt; %1 ± %2 (%3 Stichprobe, semiparametrischer Bootstrap der Gitteranpassung, x_min neu angepasst): die Grade können oberhalb von x_min gut einem Potenzgesetz folgen</translation>
    </message>
    <message>
        <source>p &lt; %1 ± %2 (%3 samples, semi-parametric bootstrap of the grid fit, x_min refitted): the degrees do not follow a power law above x_min; it is rejected</source>
        <translation>p &lt; %1 ± %2 (%3 Stichproben, semiparametrischer Bootstrap der Gitteranpassung, x_min neu angepasst): die Grade folgen oberhalb von x_min keinem Potenzgesetz; es wird verworfen</translation>
    </message>
    <message>
        <source>p &lt; %1 ± %2 (%3 samples, semi-parametric bootstrap of the grid fit, x_min refitted): the degrees may well follow a power law above x_min</source>
        <translation>p &lt; %1 ± %2 (%3 Stichproben, semiparametrischer Bootstrap der Gitteranpassung, x_min neu angepasst): die Grade können oberhalb von x_min gut einem Potenzgesetz folgen</translation>
    </message>
    <message>
        <source>p = %1 (%2 sample, semi-parametric bootstrap of the grid fit, x_min refitted): the degrees do not follow a power law above x_min; it is rejected</source>
        <translation>p = %1 (%2 Stichprobe, semiparametrischer Bootstrap der Gitteranpassung, x_min neu angepasst): die Grade folgen oberhalb von x_min keinem Potenzgesetz; es wird verworfen</translation>
    </message>
    <message>
        <source>p = %1 (%2 sample, semi-parametric bootstrap of the grid fit, x_min refitted): the degrees may well follow a power law above x_min</source>
        <translation>p = %1 (%2 Stichprobe, semiparametrischer Bootstrap der Gitteranpassung, x_min neu angepasst): die Grade können oberhalb von x_min gut einem Potenzgesetz folgen</translation>
    </message>
    <message>
        <source>p = %1 (%2 samples, semi-parametric bootstrap of the grid fit, x_min refitted): the degrees do not follow a power law above x_min; it is rejected</source>
        <translation>p = %1 (%2 Stichproben, semiparametrischer Bootstrap der Gitteranpassung, x_min neu angepasst): die Grade folgen oberhalb von x_min keinem Potenzgesetz; es wird verworfen</translation>
    </message>
    <message>
        <source>p = %1 (%2 samples, semi-parametric bootstrap of the grid fit, x_min refitted): the degrees may well follow a power law above x_min</source>
        <translation>p = %1 (%2 Stichproben, semiparametrischer Bootstrap der Gitteranpassung, x_min neu angepasst): die Grade können oberhalb von x_min gut einem Potenzgesetz folgen</translation>
    </message>
    <message>
        <source>p = %1 ± %2 (%3 sample, semi-parametric bootstrap of the grid fit, x_min refitted): the degrees do not follow a power law above x_min; it is rejected</source>
        <translation>p = %1 ± %2 (%3 Stichprobe, semiparametrischer Bootstrap der Gitteranpassung, x_min neu angepasst): die Grade folgen oberhalb von x_min keinem Potenzgesetz; es wird verworfen</translation>
    </message>
    <message>
        <source>p = %1 ± %2 (%3 sample, semi-parametric bootstrap of the grid fit, x_min refitted): the degrees may well follow a power law above x_min</source>
        <translation>p = %1 ± %2 (%3 Stichprobe, semiparametrischer Bootstrap der Gitteranpassung, x_min neu angepasst): die Grade können oberhalb von x_min gut einem Potenzgesetz folgen</translation>
    </message>
    <message>
        <source>p = %1 ± %2 (%3 samples, semi-parametric bootstrap of the grid fit, x_min refitted): the degrees do not follow a power law above x_min; it is rejected</source>
        <translation>p = %1 ± %2 (%3 Stichproben, semiparametrischer Bootstrap der Gitteranpassung, x_min neu angepasst): die Grade folgen oberhalb von x_min keinem Potenzgesetz; es wird verworfen</translation>
    </message>
    <message>
        <source>p = %1 ± %2 (%3 samples, semi-parametric bootstrap of the grid fit, x_min refitted): the degrees may well follow a power law above x_min</source>
        <translation>p = %1 ± %2 (%3 Stichproben, semiparametrischer Bootstrap der Gitteranpassung, x_min neu angepasst): die Grade können oberhalb von x_min gut einem Potenzgesetz folgen</translation>
    </message>
    <message>
        <source>p(k) = k^−γ / ζ(γ, x_min) for k ≥ x_min; γ by maximum likelihood, x_min by smallest Kolmogorov-Smirnov distance</source>
        <translation>p(k) = k^−γ / ζ(γ, x_min) für k ≥ x_min; γ nach größter Likelihood, x_min nach kleinstem Kolmogorow-Smirnow-Abstand</translation>
    </message>
    <message>
        <source>p-value n/a</source>
        <translation>p-Wert n. v.</translation>
    </message>
    <message>
        <source>p-value samples</source>
        <translation>Stichproben für den p-Wert</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>paused %1/%2</source>
        <translation>angehalten %1/%2</translation>
    </message>
    <message>
        <source>perplexity</source>
        <translation>Perplexität</translation>
    </message>
    <message>
        <source>places</source>
        <translation>Plätze</translation>
    </message>
    <message>
        <source>power law fits poorly (KS %1):</source>
        <translation>Potenzgesetz passt schlecht (KS %1):</translation>
    </message>
    <message>
        <source>power law fits poorly (KS %1): γ = %2 from degree %3 on</source>
        <translation>Potenzgesetz passt schlecht (KS %1): γ = %2 ab Grad %3</translation>
    </message>
    <message>
        <source>power law:</source>
        <translation>Potenzgesetz:</translation>
    </message>
    <message>
        <source>power law: computing …</source>
        <translation>Potenzgesetz: wird berechnet …</translation>
    </message>
    <message>
        <source>power law: γ = %1 from degree %2 on</source>
        <translation>Potenzgesetz: γ = %1 ab Grad %2</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>bereitet vor</translation>
    </message>
    <message>
        <source>rejected (p &lt; %1)</source>
        <translation>verworfen (p &lt; %1)</translation>
    </message>
    <message>
        <source>rejected (p = %1)</source>
        <translation>verworfen (p = %1)</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>rung</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>running %1/%2</source>
        <translation>läuft %1/%2</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>sentences</source>
        <translation>Sätze</translation>
    </message>
    <message>
        <source>since the start</source>
        <translation>seit dem Anfang</translation>
    </message>
    <message>
        <source>since update %1</source>
        <translation>seit Update %1</translation>
    </message>
    <message>
        <source>so there is no Ramanujan bound to meet</source>
        <translation>sodass es keine Ramanujan-Schranke einzuhalten gibt</translation>
    </message>
    <message>
        <source>sparse</source>
        <translation>dünn besetzt</translation>
    </message>
    <message>
        <source>spectral</source>
        <translation>spektral</translation>
    </message>
    <message>
        <source>spread (sd)</source>
        <translation>Streuung (sd)</translation>
    </message>
    <message>
        <source>standard deviation</source>
        <translation>Standardabweichung</translation>
    </message>
    <message>
        <source>standard deviation %1</source>
        <translation>Standardabweichung %1</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>stopped %1/%2</source>
        <translation>gestoppt %1/%2</translation>
    </message>
    <message>
        <source>stopped (%1 of %2)</source>
        <translation>gestoppt (%1 von %2)</translation>
    </message>
    <message>
        <source>stopped at an error of %1</source>
        <translation>beendet bei einem Fehler von %1</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>stoppt</translation>
    </message>
    <message>
        <source>tail</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>test BLEU</source>
        <translation>Test-BLEU</translation>
    </message>
    <message>
        <source>test accuracy</source>
        <translation>Testgenauigkeit</translation>
    </message>
    <message>
        <source>test loss</source>
        <translation>Testverlust</translation>
    </message>
    <message>
        <source>test perplexity</source>
        <translation>Testperplexität</translation>
    </message>
    <message>
        <source>the T largest |w·∂L/∂w|</source>
        <translation>die T größten |w·∂L/∂w|</translation>
    </message>
    <message>
        <source>the best of %1 graphs</source>
        <translation>der beste von %1 Graphen</translation>
    </message>
    <message>
        <source>the copies keep the degrees, which alone decide γ</source>
        <translation>die Kopien behalten die Grade, die allein γ bestimmen</translation>
    </message>
    <message>
        <source>the copies lack the links of the given removal set</source>
        <translation>den Kopien fehlen die Verbindungen der gegebenen Entfernungen</translation>
    </message>
    <message>
        <source>the fit reaches the cap of %1: the degrees fall off faster than a power law</source>
        <translation>die Anpassung erreicht die Grenze von %1: die Grade fallen schneller als ein Potenzgesetz</translation>
    </message>
    <message>
        <source>the mean degree of one side is below 1</source>
        <translation>der mittlere Grad einer Seite liegt unter 1</translation>
    </message>
    <message>
        <source>the minimum spanning tree is not unique: another choice among equal links gives other angles</source>
        <translation>der minimale Spannbaum ist nicht eindeutig: eine andere Wahl unter gleichen Verbindungen gibt andere Winkel</translation>
    </message>
    <message>
        <source>the network has no links: nodes lie on the rim in order</source>
        <translation>das Netz hat keine Verbindungen: die Knoten liegen der Reihe nach auf dem Rand</translation>
    </message>
    <message>
        <source>the network has no nodes</source>
        <translation>das Netz hat keine Knoten</translation>
    </message>
    <message>
        <source>there are no two links to switch</source>
        <translation>es gibt keine zwei Verbindungen zum Tauschen</translation>
    </message>
    <message>
        <source>there are only %1 links for %2 output neurons, so %3 of them have none</source>
        <translation>es gibt nur %1 Verbindungen für %2 Ausgangsneuronen, sodass %3 davon keine haben</translation>
    </message>
    <message>
        <source>there is no exponent to test</source>
        <translation>es gibt keinen Exponenten zu prüfen</translation>
    </message>
    <message>
        <source>times k_j / M_j</source>
        <translation>mal k_j / M_j</translation>
    </message>
    <message>
        <source>times the mean degree</source>
        <translation>mal dem mittleren Grad</translation>
    </message>
    <message>
        <source>times the mean degree, in neurons</source>
        <translation>mal dem mittleren Grad, in Neuronen</translation>
    </message>
    <message>
        <source>train</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>trained from sparsity %1 to %2</source>
        <translation>von Sparsity %1 bis %2 trainiert</translation>
    </message>
    <message>
        <source>trial</source>
        <translation>Versuch</translation>
    </message>
    <message>
        <source>trial %1</source>
        <translation>Versuch %1</translation>
    </message>
    <message>
        <source>true</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>unterwegs</translation>
    </message>
    <message>
        <source>update %1</source>
        <translation>Update %1</translation>
    </message>
    <message>
        <source>update %1 of %2</source>
        <translation>Update %1 von %2</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>validation loss</source>
        <translation>Validierungsverlust</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>window W_j = k_j + α_j·(n_in - k_j) inputs</source>
        <translation>Fenster W_j = k_j + α_j·(n_in - k_j) Eingänge</translation>
    </message>
    <message>
        <source>x_min</source>
        <translation>x_min</translation>
    </message>
    <message>
        <source>x_min %1</source>
        <translation>x_min %1</translation>
    </message>
    <message>
        <source>z = %1</source>
        <translation>z = %1</translation>
    </message>
    <message>
        <source>z = %1 against chance: %2 ± %3 (mean ± sd of %4 randomised copies)</source>
        <translation>z = %1 gegen den Zufall: %2 ± %3 (Mittel ± sd von %4 zufälligen Kopien)</translation>
    </message>
    <message>
        <source>z = %1 against chance: -%2 ± %3 (mean ± sd of %4 randomised copies)</source>
        <translation>z = %1 gegen den Zufall: -%2 ± %3 (Mittel ± sd von %4 zufälligen Kopien)</translation>
    </message>
    <message>
        <source>z = %1 against chance: what chance gives, %2 ± %3 (mean ± sd of %4 randomised copies)</source>
        <translation>z = %1 gegen den Zufall: was der Zufall ergibt, %2 ± %3 (Mittel ± sd von %4 zufälligen Kopien)</translation>
    </message>
    <message>
        <source>z = %1 against chance: what chance gives, -%2 ± %3 (mean ± sd of %4 randomised copies)</source>
        <translation>z = %1 gegen den Zufall: was der Zufall ergibt, -%2 ± %3 (Mittel ± sd von %4 zufälligen Kopien)</translation>
    </message>
    <message>
        <source>z = -%1</source>
        <translation>z = -%1</translation>
    </message>
    <message>
        <source>z = -%1 against chance: %2 ± %3 (mean ± sd of %4 randomised copies)</source>
        <translation>z = -%1 gegen den Zufall: %2 ± %3 (Mittel ± sd von %4 zufälligen Kopien)</translation>
    </message>
    <message>
        <source>z = -%1 against chance: -%2 ± %3 (mean ± sd of %4 randomised copies)</source>
        <translation>z = -%1 gegen den Zufall: -%2 ± %3 (Mittel ± sd von %4 zufälligen Kopien)</translation>
    </message>
    <message>
        <source>z = -%1 against chance: what chance gives, %2 ± %3 (mean ± sd of %4 randomised copies)</source>
        <translation>z = -%1 gegen den Zufall: was der Zufall ergibt, %2 ± %3 (Mittel ± sd von %4 zufälligen Kopien)</translation>
    </message>
    <message>
        <source>z = -%1 against chance: what chance gives, -%2 ± %3 (mean ± sd of %4 randomised copies)</source>
        <translation>z = -%1 gegen den Zufall: was der Zufall ergibt, -%2 ± %3 (Mittel ± sd von %4 zufälligen Kopien)</translation>
    </message>
    <message>
        <source>|w| as a share of the weights into its output neuron, plus its share of those out of its input neuron.</source>
        <translation>|w| als Anteil der Gewichte in sein Ausgangsneuron, plus sein Anteil an denen aus seinem Eingangsneuron.</translation>
    </message>
    <message>
        <source>· cancelled</source>
        <translation>· abgebrochen</translation>
    </message>
    <message>
        <source>· no network</source>
        <translation>· kein Netz</translation>
    </message>
    <message>
        <source>· queued</source>
        <translation>· eingereiht</translation>
    </message>
    <message>
        <source>Σ n_m = k_j, mean k_j / M_j</source>
        <translation>Σ n_m = k_j, Mittel k_j / M_j</translation>
    </message>
    <message>
        <source>α_j as drawn in layer %1</source>
        <translation>α_j, wie in Schicht %1 gezogen</translation>
    </message>
    <message>
        <source>α_j as drawn in layers %1 and %2</source>
        <translation>α_j, wie in den Schichten %1 und %2 gezogen</translation>
    </message>
    <message>
        <source>α_j as drawn in layers %1 to %2</source>
        <translation>α_j, wie in den Schichten %1 bis %2 gezogen</translation>
    </message>
    <message>
        <source>α_j as drawn in layers %1, %2 and %3</source>
        <translation>α_j, wie in den Schichten %1, %2 und %3 gezogen</translation>
    </message>
    <message>
        <source>α_j ~ N(1 - d_j/c, s), c = (n_out-1)/2, clipped to [0, 1]; the mean is not used</source>
        <translation>α_j ~ N(1 - d_j/c, s), c = (n_out-1)/2, auf [0, 1] begrenzt; der Mittelwert wird nicht benutzt</translation>
    </message>
    <message>
        <source>α_j ~ N(α, s), clipped to [0, 1]</source>
        <translation>α_j ~ N(α, s), auf [0, 1] begrenzt</translation>
    </message>
    <message>
        <source>α_j ~ N(α·d_j/c, s), c = (n_out-1)/2, clipped to [0, 1]</source>
        <translation>α_j ~ N(α·d_j/c, s), c = (n_out-1)/2, auf [0, 1] begrenzt</translation>
    </message>
    <message>
        <source>α_j ~ U(α - w, α + w), clipped to [0, 1]</source>
        <translation>α_j ~ U(α - w, α + w), auf [0, 1] begrenzt</translation>
    </message>
    <message>
        <source>γ = %1 from degree %2 on</source>
        <translation>γ = %1 ab Grad %2</translation>
    </message>
    <message>
        <source>γ by</source>
        <translation>γ nach</translation>
    </message>
    <message>
        <source>ζ %1 to %2</source>
        <translation>ζ %1 bis %2</translation>
    </message>
    <message>
        <source>ζ(t) = (ζ/2)·(1 + cos(πt/T_end))</source>
        <translation>ζ(t) = (ζ/2)·(1 + cos(πt/T_end))</translation>
    </message>
    <message>
        <source>η(e) = η·(1 - (1-ratio)·f), f = min(1, e/(end·E)), e = 0 … E-1</source>
        <translation>η(e) = η·(1 - (1-ratio)·f), f = min(1, e/(end·E)), e = 0 … E-1</translation>
    </message>
    <message>
        <source>η(t) = η·d^(-1/2)·min(t^(-1/2), t·w^(-3/2)), t = 1, 2, …</source>
        <translation>η(t) = η·d^(-1/2)·min(t^(-1/2), t·w^(-3/2)), t = 1, 2, …</translation>
    </message>
    <message>
        <source>ρ = w·tanh(r/2) + (1 - w)·r/r_max</source>
        <translation>ρ = w·tanh(r/2) + (1 - w)·r/r_max</translation>
    </message>
    <message>
        <source>σ</source>
        <translation>σ</translation>
    </message>
    <message>
        <source>σ %1</source>
        <translation>σ %1</translation>
    </message>
    <message>
        <source>σ_c = ⟨hits/n_p⟩, n_p = round(0.1·E), pairs ranked by Ã = Σ_k (λ_k + v_kᵀ ΔA v_k) v_k v_kᵀ</source>
        <translation>σ_c = ⟨Treffer/n_p⟩, n_p = round(0.1·E), Paare geordnet nach Ã = Σ_k (λ_k + v_kᵀ ΔA v_k) v_k v_kᵀ</translation>
    </message>
    <message>
        <source>σ₂ = %1 is above the bound √(d_L-1) + √(d_R-1) = %2</source>
        <translation>σ₂ = %1 liegt über der Schranke √(d_L-1) + √(d_R-1) = %2</translation>
    </message>
    <message>
        <source>σ₂ = %1 is at most the bound √(d_L-1) + √(d_R-1) = %2</source>
        <translation>σ₂ = %1 liegt höchstens bei der Schranke √(d_L-1) + √(d_R-1) = %2</translation>
    </message>
    <message>
        <source>τ %1 to %2</source>
        <translation>τ %1 bis %2</translation>
    </message>
    <message>
        <source>τ(t) = τ₀ + (τ₁ - τ₀)·t/T_end</source>
        <translation>τ(t) = τ₀ + (τ₁ - τ₀)·t/T_end</translation>
    </message>
    <message>
        <source>† Not all seeds have trained all epochs; the figures are those of the last epoch that all counted seeds have.</source>
        <translation>† Nicht alle Startwerte haben alle Epochen trainiert; die Zahlen sind die der letzten Epoche, die alle gezählten Startwerte haben.</translation>
    </message>
    <message>
        <source>◌ computing</source>
        <translation>◌ wird berechnet</translation>
    </message>
    <message>
        <source>◌ computing %1 %</source>
        <translation>◌ wird berechnet %1 %</translation>
    </message>
    <message>
        <source>✓ fresh</source>
        <translation>✓ aktuell</translation>
    </message>
    <message>
        <source>✕ failed</source>
        <translation>✕ fehlgeschlagen</translation>
    </message>
</context>
</TS>
