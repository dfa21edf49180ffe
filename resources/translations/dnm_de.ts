<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>dnm::ChartCanvas</name>
    <message>
        <source>(fewer seeds)</source>
        <translation>(weniger Startwerte)</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>smoothed (measured)</source>
        <translation>geglättet (gemessen)</translation>
    </message>
</context>
<context>
    <name>dnm::CommandPalette</name>
    <message>
        <source>Command or parameter</source>
        <translation>Befehl oder Parameter</translation>
    </message>
    <message>
        <source>Commands and parameters</source>
        <translation>Befehle und Parameter</translation>
    </message>
    <message>
        <source>Find a Command</source>
        <translation>Befehl suchen</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Befehl suchen</translation>
    </message>
    <message>
        <source>Key or value</source>
        <translation>Taste oder Wert</translation>
    </message>
    <message>
        <source>Parts of words: “exp fig”, “sparsity”, “poster b”</source>
        <translation>Wortteile: „exp abb“, „sparsity“, „poster b“</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Words of the command or parameter</source>
        <translation>Wörter des Befehls oder Parameters</translation>
    </message>
    <message>
        <source>not now</source>
        <translation>nicht jetzt</translation>
    </message>
</context>
<context>
    <name>dnm::Detachable</name>
    <message>
        <source>Bring Back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Bring back: %1</source>
        <translation>Zurückholen: %1</translation>
    </message>
    <message>
        <source>In a window of its own</source>
        <translation>In einem eigenen Fenster</translation>
    </message>
</context>
<context>
    <name>dnm::DistributionRow</name>
    <message>
        <source>%1 as drawn</source>
        <translation>%1 wie gezogen</translation>
    </message>
    <message>
        <source>%1 family</source>
        <translation>Familie von %1</translation>
    </message>
    <message>
        <source>%1 mean</source>
        <translation>Mittelwert von %1</translation>
    </message>
    <message>
        <source>%1 spread</source>
        <translation>Streuung von %1</translation>
    </message>
    <message>
        <source>%1 spread: use the default</source>
        <translation>Streuung von %1: Vorgabe verwenden</translation>
    </message>
    <message>
        <source>The method&apos;s default is in use</source>
        <translation>Die Vorgabe des Verfahrens wird verwendet</translation>
    </message>
    <message>
        <source>Use the method&apos;s default</source>
        <translation>Die Vorgabe des Verfahrens verwenden</translation>
    </message>
    <message>
        <source>default</source>
        <translation>Vorgabe</translation>
    </message>
</context>
<context>
    <name>dnm::ExportDialog</name>
    <message>
        <source>An animation is written by dnm figure --run-dir RUN --update all; here, give a name that ends in %1</source>
        <translation>Eine Animation schreibt dnm figure --run-dir RUN --update all; geben Sie hier einen Namen an, der auf %1 endet</translation>
    </message>
    <message>
        <source>Choose the file</source>
        <translation>Datei auswählen</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Auswählen …</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export figure</source>
        <translation>Abbildung exportieren</translation>
    </message>
    <message>
        <source>Figures (*.pdf *.svg *.png *.tiff);;All files (*)</source>
        <translation>Abbildungen (*.pdf *.svg *.png *.tiff);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Give a name that ends in %1</source>
        <translation>Geben Sie einen Namen an, der auf %1 endet</translation>
    </message>
    <message>
        <source>Mark the selected neurons</source>
        <translation>Ausgewählte Neuronen hervorheben</translation>
    </message>
    <message>
        <source>Networks beside this one are for dnm figure; name pictures alone here</source>
        <translation>Netze neben diesem sind für dnm figure; nennen Sie hier nur Bilder</translation>
    </message>
    <message>
        <source>One of the list, or several by their names, with blanks between pictures and / between rows: &lt;i&gt;matrix layers / disk&lt;/i&gt;.&lt;br&gt;Names: %1</source>
        <translation>Eines der Liste oder mehrere mit ihren Namen, mit Leerzeichen zwischen Bildern und / zwischen Zeilen: &lt;i&gt;matrix layers / disk&lt;/i&gt;.&lt;br&gt;Namen: %1</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Usual widths</source>
        <translation>Übliche Breiten</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Width in millimetres</source>
        <translation>Breite in Millimetern</translation>
    </message>
    <message>
        <source>The widths that journals and conferences ask for</source>
        <translation>Die Breiten, die Zeitschriften und Konferenzen verlangen</translation>
    </message>
    <message>
        <source>Width on paper: texts keep their size in points, so choose the final width</source>
        <translation>Breite auf dem Papier: Texte behalten ihre Größe in Punkt, daher die endgültige Breite wählen</translation>
    </message>
</context>
<context>
    <name>dnm::FigurePreviewArea</name>
    <message>
        <source>As large as on paper; else as large as fits here</source>
        <translation>So groß wie auf Papier; sonst so groß, wie es hier passt</translation>
    </message>
    <message>
        <source>Drawing the preview</source>
        <translation>Vorschau wird gezeichnet</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Preview of the figure</source>
        <translation>Vorschau der Abbildung</translation>
    </message>
    <message>
        <source>Show the page in its true size</source>
        <translation>Die Seite in wahrer Größe zeigen</translation>
    </message>
    <message>
        <source>The page</source>
        <translation>Die Seite</translation>
    </message>
    <message>
        <source>True size</source>
        <translation>Wahre Größe</translation>
    </message>
</context>
<context>
    <name>dnm::FileActions</name>
    <message>
        <source>%1 was not written: computing was cancelled before all values were fresh; F5 computes them.</source>
        <translation>%1 wurde nicht geschrieben: Die Berechnung wurde abgebrochen, bevor alle Werte aktuell waren; F5 berechnet sie.</translation>
    </message>
    <message>
        <source>%1 was removed by another program; save the session to write it again.</source>
        <translation>%1 wurde von einem anderen Programm entfernt; speichern Sie die Sitzung, um sie wieder zu schreiben.</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>All that can be opened (%1)</source>
        <translation>Alles, was geöffnet werden kann (%1)</translation>
    </message>
    <message>
        <source>Changed by another program</source>
        <translation>Von einem anderen Programm geändert</translation>
    </message>
    <message>
        <source>Copied the picture.</source>
        <translation>Das Bild wurde kopiert.</translation>
    </message>
    <message>
        <source>Copying the picture</source>
        <translation>Bild wird kopiert</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Export Figure</source>
        <translation>Abbildung exportieren</translation>
    </message>
    <message>
        <source>Exported figures (*.svg *.pdf *.png)</source>
        <translation>Exportierte Abbildungen (*.svg *.pdf *.png)</translation>
    </message>
    <message>
        <source>Networks (%1)</source>
        <translation>Netze (%1)</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Opening %1</source>
        <translation>Öffnen von %1</translation>
    </message>
    <message>
        <source>Opening unsaved work</source>
        <translation>Öffnen nicht gesicherter Arbeit</translation>
    </message>
    <message>
        <source>Printing</source>
        <translation>Drucken</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>Neu laden</translation>
    </message>
    <message>
        <source>Reloading it discards the changes made here.</source>
        <translation>Neu laden verwirft die Änderungen, die hier gemacht wurden.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save Anyway</source>
        <translation>Trotzdem speichern</translation>
    </message>
    <message>
        <source>Save As …</source>
        <translation>Speichern unter …</translation>
    </message>
    <message>
        <source>Save Network</source>
        <translation>Netz speichern</translation>
    </message>
    <message>
        <source>Save Session</source>
        <translation>Sitzung speichern</translation>
    </message>
    <message>
        <source>Saving %1</source>
        <translation>Speichern von %1</translation>
    </message>
    <message>
        <source>Sent to the printer.</source>
        <translation>An den Drucker gesendet.</translation>
    </message>
    <message>
        <source>The figure carries its parameters and seed: opening it restores this session.</source>
        <translation>Die Abbildung enthält ihre Parameter und den Startwert: Sie zu öffnen stellt diese Sitzung wieder her.</translation>
    </message>
    <message>
        <source>There is no network to draw: %1</source>
        <translation>Es gibt kein Netz zu zeichnen: %1</translation>
    </message>
    <message>
        <source>There is no network to draw; change the parameters that made it fail, then export again.</source>
        <translation>Es gibt kein Netz zu zeichnen; ändern Sie die Parameter, die es verhindert haben, und exportieren Sie dann erneut.</translation>
    </message>
    <message>
        <source>There is no network to save yet; wait until it is drawn.</source>
        <translation>Noch gibt es kein Netz zu speichern; warten Sie, bis es gezogen ist.</translation>
    </message>
    <message>
        <source>There is no network to save: %1</source>
        <translation>Es gibt kein Netz zu speichern: %1</translation>
    </message>
    <message>
        <source>There is nothing to print yet; wait until all values are fresh, then print again.</source>
        <translation>Noch gibt es nichts zu drucken; warten Sie, bis alle Werte aktuell sind, und drucken Sie dann erneut.</translation>
    </message>
    <message>
        <source>This session has changes that are not saved.</source>
        <translation>Diese Sitzung hat Änderungen, die nicht gespeichert sind.</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>Nicht gespeicherte Änderungen</translation>
    </message>
    <message>
        <source>Waiting for fresh values</source>
        <translation>Warten auf aktuelle Werte</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>Schreiben von %1</translation>
    </message>
    <message>
        <source>“%1” was changed on disk by another program at %2.</source>
        <translation>„%1“ wurde auf der Platte um %2 von einem anderen Programm geändert.</translation>
    </message>
    <message>
        <source>“%1” was changed on disk by another program at %2; the session here is that of %3. Saving it under this name replaces what the other program has written.</source>
        <translation>„%1“ wurde auf der Platte um %2 von einem anderen Programm geändert; die Sitzung hier ist die von %3. Wenn Sie sie unter diesem Namen speichern, ersetzt sie, was das andere Programm geschrieben hat.</translation>
    </message>
</context>
<context>
    <name>dnm::LayersDialog</name>
    <message>
        <source>%1 holds %2 matrices.</source>
        <translation>%1 enthält %2 Matrizen.</translation>
    </message>
    <message>
        <source>%1 holds one matrix.</source>
        <translation>%1 enthält eine Matrix.</translation>
    </message>
    <message>
        <source>Choose Layers</source>
        <translation>Schichten auswählen</translation>
    </message>
    <message>
        <source>Choose layers</source>
        <translation>Schichten auswählen</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Matrices; Space ticks, Alt+Up and Alt+Down move</source>
        <translation>Matrizen; die Leertaste kreuzt an, Alt+Auf und Alt+Ab verschieben</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>Matrix</translation>
    </message>
    <message>
        <source>Move the matrix down (%1); dragging does it, too</source>
        <translation>Die Matrix nach unten schieben (%1); Ziehen geht auch</translation>
    </message>
    <message>
        <source>Move the matrix up (%1); dragging does it, too</source>
        <translation>Die Matrix nach oben schieben (%1); Ziehen geht auch</translation>
    </message>
    <message>
        <source>Not zero</source>
        <translation>Nicht null</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Outputs × inputs</source>
        <translation>Ausgänge × Eingänge</translation>
    </message>
    <message>
        <source>Search the names</source>
        <translation>Namen durchsuchen</translation>
    </message>
    <message>
        <source>Share of the entries that are not zero and become links</source>
        <translation>Anteil der Einträge, die nicht null sind und Verbindungen werden</translation>
    </message>
    <message>
        <source>Show the matrices whose name has this in it</source>
        <translation>Die Matrizen zeigen, deren Name dies enthält</translation>
    </message>
    <message>
        <source>Tick those that are the layers, and put them in the order of the network, inputs first.</source>
        <translation>Kreuzen Sie diejenigen an, die die Schichten sind, und bringen Sie sie in die Reihenfolge des Netzes, die Eingänge zuerst.</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Whether they fit</source>
        <translation>Ob sie passen</translation>
    </message>
</context>
<context>
    <name>dnm::ManualBrowser</name>
    <message>
        <source>Page of the manual</source>
        <translation>Seite des Handbuchs</translation>
    </message>
</context>
<context>
    <name>dnm::ManualWindow</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Contents of the manual</source>
        <translation>Inhalt des Handbuchs</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Search the manual</source>
        <translation>Handbuch durchsuchen</translation>
    </message>
</context>
<context>
    <name>dnm::MatricesBox</name>
    <message>
        <source>Matrices of the run that are shown: %1
Type a part of a name to find others.</source>
        <translation>Gezeigte Matrizen des Laufs: %1
Geben Sie einen Teil eines Namens ein, um andere zu finden.</translation>
    </message>
    <message>
        <source>Matrices that are shown</source>
        <translation>Gezeigte Matrizen</translation>
    </message>
</context>
<context>
    <name>dnm::MeasureCard</name>
    <message>
        <source>(%1 samples)</source>
        <translation>(%1 Stichproben)</translation>
    </message>
    <message>
        <source>Against chance: %1</source>
        <translation>Gegen den Zufall: %1</translation>
    </message>
    <message>
        <source>By igraph: %1</source>
        <translation>Nach igraph: %1</translation>
    </message>
    <message>
        <source>Cancel p-value</source>
        <translation>p-Wert abbrechen</translation>
    </message>
    <message>
        <source>Compute p-value</source>
        <translation>p-Wert berechnen</translation>
    </message>
    <message>
        <source>Compute this measure with igraph too, as a second opinion</source>
        <translation>Dieses Maß auch mit igraph berechnen, als zweite Meinung</translation>
    </message>
    <message>
        <source>How %1 is computed</source>
        <translation>Wie %1 berechnet wird</translation>
    </message>
    <message>
        <source>How this measure is computed</source>
        <translation>Wie dieses Maß berechnet wird</translation>
    </message>
    <message>
        <source>Progress of %1</source>
        <translation>Fortschritt von %1</translation>
    </message>
    <message>
        <source>Value by igraph</source>
        <translation>Wert nach igraph</translation>
    </message>
    <message>
        <source>Value of %1 by igraph</source>
        <translation>Wert von %1 nach igraph</translation>
    </message>
    <message>
        <source>p-value of the power law</source>
        <translation>p-Wert des Potenzgesetzes</translation>
    </message>
</context>
<context>
    <name>dnm::MeasuresDock</name>
    <message>
        <source> copies</source>
        <translation> Kopien</translation>
    </message>
    <message>
        <source>%1 alone (%2 → %3)</source>
        <translation>Nur %1 (%2 → %3)</translation>
    </message>
    <message>
        <source>Against chance</source>
        <translation>Gegen den Zufall</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the comparison with chance</source>
        <translation>Den Vergleich mit dem Zufall abbrechen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare with chance</source>
        <translation>Mit dem Zufall vergleichen</translation>
    </message>
    <message>
        <source>Each measure beside its mean over randomised copies of the network, in which every neuron keeps its number of links to the layers before and after: a value within the spread of the copies is explained by the degrees alone</source>
        <translation>Jedes Maß neben seinem Mittel über zufällige Kopien des Netzes, in denen jedes Neuron so viele Verbindungen zu den Schichten davor und danach behält: Ein Wert innerhalb der Streuung der Kopien ist durch die Grade allein erklärt</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>Measure the whole network, or the two-sided graph of one layer&apos;s links alone</source>
        <translation>Das ganze Netz messen oder nur den zweiseitigen Graphen der Verbindungen einer Schicht</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>Maße</translation>
    </message>
    <message>
        <source>Progress of the comparison with chance</source>
        <translation>Fortschritt des Vergleichs mit dem Zufall</translation>
    </message>
    <message>
        <source>Randomised copies</source>
        <translation>Zufällige Kopien</translation>
    </message>
    <message>
        <source>Randomised copies to compare with</source>
        <translation>Zufällige Kopien, mit denen verglichen wird</translation>
    </message>
    <message>
        <source>Second opinion</source>
        <translation>Zweite Meinung</translation>
    </message>
    <message>
        <source>What is measured</source>
        <translation>Was gemessen wird</translation>
    </message>
    <message>
        <source>Whole network</source>
        <translation>Ganzes Netz</translation>
    </message>
    <message>
        <source>computing …</source>
        <translation>wird berechnet …</translation>
    </message>
</context>
<context>
    <name>dnm::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Show all messages</source>
        <translation>Alle Meldungen zeigen</translation>
    </message>
    <message>
        <source>Show all messages so far</source>
        <translation>Alle bisherigen Meldungen zeigen</translation>
    </message>
    <message>
        <source>Show in Folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Show the file in its folder</source>
        <translation>Die Datei in ihrem Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>dnm::MissingLinksWindow</name>
    <message>
        <source>All %1 of neurons without a link and with a positive score.</source>
        <translation>Alle %1 von Neuronen ohne Verbindung und mit positiver Bewertung.</translation>
    </message>
    <message>
        <source>Computing …</source>
        <translation>Wird berechnet …</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Eingang</translation>
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
        <source>Layer of links</source>
        <translation>Schicht von Verbindungen</translation>
    </message>
    <message>
        <source>Likeliest Missing Links</source>
        <translation>Wahrscheinlichste fehlende Verbindungen</translation>
    </message>
    <message>
        <source>Likeliest missing links</source>
        <translation>Wahrscheinlichste fehlende Verbindungen</translation>
    </message>
    <message>
        <source>Missing links, the likeliest first</source>
        <translation>Fehlende Verbindungen, die wahrscheinlichsten zuerst</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <source>Save Table</source>
        <translation>Tabelle speichern</translation>
    </message>
    <message>
        <source>Save Table …</source>
        <translation>Tabelle speichern …</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Scoring missing links</source>
        <translation>Fehlende Verbindungen werden bewertet</translation>
    </message>
    <message>
        <source>Tables (*.tsv *.csv);;All files (*)</source>
        <translation>Tabellen (*.tsv *.csv);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The %1 of neurons without a link whose scores are largest.</source>
        <translation>Die %1 von Neuronen ohne Verbindung mit den größten Bewertungen.</translation>
    </message>
    <message>
        <source>What is listed</source>
        <translation>Was aufgeführt ist</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>Schreiben von %1</translation>
    </message>
</context>
<context>
    <name>dnm::ModelDock</name>
    <message>
        <source>All layers</source>
        <translation>Alle Schichten</translation>
    </message>
    <message>
        <source>Changing a parameter draws a new one.</source>
        <translation>Das Ändern eines Parameters zieht ein neues.</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>Draw from the model</source>
        <translation>Aus dem Modell ziehen</translation>
    </message>
    <message>
        <source>Draw the network again with another seed</source>
        <translation>Das Netz mit einem anderen Startwert neu ziehen</translation>
    </message>
    <message>
        <source>Draw the network from the model</source>
        <translation>Das Netz aus dem Modell ziehen</translation>
    </message>
    <message>
        <source>It was drawn from the parameters below.</source>
        <translation>Es wurde aus den Parametern unten gezogen.</translation>
    </message>
    <message>
        <source>Layer %1 alone (%2 → %3)</source>
        <translation>Nur Schicht %1 (%2 → %3)</translation>
    </message>
    <message>
        <source>Layer the parameters are set for</source>
        <translation>Schicht, für die die Parameter gelten</translation>
    </message>
    <message>
        <source>Links drawn</source>
        <translation>Gezogene Verbindungen</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Model parameters</source>
        <translation>Parameter des Modells</translation>
    </message>
    <message>
        <source>New random seed</source>
        <translation>Neuer zufälliger Startwert</translation>
    </message>
    <message>
        <source>Notices of the model</source>
        <translation>Hinweise zum Modell</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Replace this network by one drawn from the parameters below</source>
        <translation>Dieses Netz durch eines ersetzen, das aus den Parametern unten gezogen wird</translation>
    </message>
    <message>
        <source>Set all parameters to those of a named network</source>
        <translation>Alle Parameter auf die eines benannten Netzes setzen</translation>
    </message>
    <message>
        <source>Set for</source>
        <translation>Gilt für</translation>
    </message>
    <message>
        <source>Set for this layer alone.</source>
        <translation>Für diese Schicht allein gesetzt.</translation>
    </message>
    <message>
        <source>Set the parameters below for all layers, or for one layer alone</source>
        <translation>Die Parameter unten für alle Schichten setzen oder für eine Schicht allein</translation>
    </message>
    <message>
        <source>Sweep …</source>
        <translation>Variieren …</translation>
    </message>
    <message>
        <source>The parameters below are not its own.</source>
        <translation>Die Parameter unten sind nicht die seinen.</translation>
    </message>
    <message>
        <source>no network</source>
        <translation>kein Netz</translation>
    </message>
</context>
<context>
    <name>dnm::ModelDraws</name>
    <message>
        <source>Reading what the model drew</source>
        <translation>Lesen, was das Modell zog</translation>
    </message>
</context>
<context>
    <name>dnm::MomentPanel</name>
    <message>
        <source>%1 per second</source>
        <translation>%1 pro Sekunde</translation>
    </message>
    <message>
        <source>No time line yet: no update of the links has been written.</source>
        <translation>Noch keine Zeitleiste: Es wurde noch kein Update der Verbindungen geschrieben.</translation>
    </message>
    <message>
        <source>No time line: %1</source>
        <translation>Keine Zeitleiste: %1</translation>
    </message>
    <message>
        <source>No time line: without a run folder, the links of a run are not kept.</source>
        <translation>Keine Zeitleiste: Ohne Laufordner werden die Verbindungen eines Laufs nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>Play the updates of the run&apos;s links</source>
        <translation>Die Updates der Verbindungen des Laufs abspielen</translation>
    </message>
    <message>
        <source>Reading the run&apos;s updates</source>
        <translation>Updates des Laufs werden gelesen</translation>
    </message>
    <message>
        <source>Reading update %1</source>
        <translation>Update %1 wird gelesen</translation>
    </message>
    <message>
        <source>Stop playing the updates</source>
        <translation>Abspielen der Updates anhalten</translation>
    </message>
    <message>
        <source>This update cannot be shown: %1</source>
        <translation>Dieses Update kann nicht gezeigt werden: %1</translation>
    </message>
    <message>
        <source>Updates per second while playing</source>
        <translation>Updates pro Sekunde beim Abspielen</translation>
    </message>
</context>
<context>
    <name>dnm::NetworkView</name>
    <message>
        <source>Picture of the network: wheel zooms, drag pans or turns, double-click shows all, a click selects a neuron, Shift and drag those in a rectangle</source>
        <translation>Bild des Netzes: Das Rad vergrößert, Ziehen verschiebt oder dreht, ein Doppelklick zeigt alles, ein Klick wählt ein Neuron aus, Umschalt und Ziehen die in einem Rechteck</translation>
    </message>
</context>
<context>
    <name>dnm::NeuronPictureView</name>
    <message>
        <source>Dendrites of the selected neuron</source>
        <translation>Dendriten des ausgewählten Neurons</translation>
    </message>
    <message>
        <source>Dendrites, receptive window, blocks and synapses of the selected neuron</source>
        <translation>Dendriten, rezeptives Fenster, Blöcke und Synapsen des ausgewählten Neurons</translation>
    </message>
</context>
<context>
    <name>dnm::NeuronsDock</name>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Copied %1.</source>
        <translation>Kopiert: %1.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy Table</source>
        <translation>Tabelle kopieren</translation>
    </message>
    <message>
        <source>Copy the selected rows, or all that are listed, with a line of headings, for a spreadsheet (Ctrl+C in the table)</source>
        <translation>Die ausgewählten Zeilen oder alle aufgeführten kopieren, mit einer Zeile von Überschriften, für eine Tabellenkalkulation (Strg+C in der Tabelle)</translation>
    </message>
    <message>
        <source>Copy the table of neurons</source>
        <translation>Tabelle der Neuronen kopieren</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Find neurons</source>
        <translation>Neuronen suchen</translation>
    </message>
    <message>
        <source>Neurons</source>
        <translation>Neuronen</translation>
    </message>
    <message>
        <source>Neurons or ranges (layer 1 neuron 98, input 3-7), layers (layer 2, inputs), conditions on columns (degree &gt; 20), or a part of a name. &quot;and&quot; joins, a comma separates alternatives. Return selects what is found.</source>
        <translation>Neuronen oder Bereiche (layer 1 neuron 98, input 3-7), Schichten (layer 2, inputs), Bedingungen an Spalten (degree &gt; 20) oder ein Teil eines Namens. „and“ verknüpft, ein Komma trennt Alternativen. Die Eingabetaste wählt aus, was gefunden wurde.</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Select all neurons</source>
        <translation>Alle Neuronen auswählen</translation>
    </message>
    <message>
        <source>Select one neuron to see its dendrites, window, blocks and synapses.</source>
        <translation>Wählen Sie ein Neuron aus, um seine Dendriten, sein Fenster, seine Blöcke und Synapsen zu sehen.</translation>
    </message>
    <message>
        <source>Select the neurons that are listed</source>
        <translation>Die aufgeführten Neuronen auswählen</translation>
    </message>
    <message>
        <source>Select the neurons that are listed (Return in the search)</source>
        <translation>Die aufgeführten Neuronen auswählen (Eingabetaste in der Suche)</translation>
    </message>
    <message>
        <source>What the table shows</source>
        <translation>Was die Tabelle zeigt</translation>
    </message>
    <message>
        <source>layer 1 neuron 98, degree &gt; 20 and community = 3</source>
        <translation>layer 1 neuron 98, degree &gt; 20 and community = 3</translation>
    </message>
</context>
<context>
    <name>dnm::NumberBox</name>
    <message>
        <source>It stays %1.</source>
        <translation>Es bleibt %1.</translation>
    </message>
</context>
<context>
    <name>dnm::NumberEdit</name>
    <message>
        <source>%1 slider</source>
        <translation>Regler für %1</translation>
    </message>
</context>
<context>
    <name>dnm::PanelFocus</name>
    <message>
        <source>Panels at one place</source>
        <translation>Bereiche an einer Stelle</translation>
    </message>
</context>
<context>
    <name>dnm::ParameterRow</name>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>Zurück auf %1</translation>
    </message>
    <message>
        <source>Browse …</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Datei auswählen</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner auswählen</translation>
    </message>
    <message>
        <source>Choose the file: %1</source>
        <translation>Datei auswählen: %1</translation>
    </message>
    <message>
        <source>Choose the folder: %1</source>
        <translation>Ordner auswählen: %1</translation>
    </message>
    <message>
        <source>It stays %1.</source>
        <translation>Es bleibt %1.</translation>
    </message>
    <message>
        <source>Let %1 follow all layers</source>
        <translation>%1 allen Schichten folgen lassen</translation>
    </message>
    <message>
        <source>Let %1 follow all layers in %2</source>
        <translation>%1 in %2 allen Schichten folgen lassen</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>%1 zurücksetzen</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>whole numbers %1, separated by commas</source>
        <translation>ganze Zahlen %1, durch Kommas getrennt</translation>
    </message>
</context>
<context>
    <name>dnm::PinBoard</name>
    <message>
        <source>There is no network to pin: %1</source>
        <translation>Es gibt kein Netz anzuheften: %1</translation>
    </message>
</context>
<context>
    <name>dnm::PinPicture</name>
    <message>
        <source>Click makes it the working network; wheel and drag zoom and move all pictures together, double-click shows all</source>
        <translation>Ein Klick macht es zum Arbeitsnetz; Rad und Ziehen vergrößern und verschieben alle Bilder zugleich, ein Doppelklick zeigt alles</translation>
    </message>
</context>
<context>
    <name>dnm::PinsDock</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 of it had not been computed yet.</source>
        <translation>%1 davon waren noch nicht berechnet.</translation>
    </message>
    <message>
        <source>&amp;Pins</source>
        <translation>Angeheftete &amp;Netze</translation>
    </message>
    <message>
        <source>Compare the Others with It</source>
        <translation>Die anderen damit vergleichen</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>Verglichen mit</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>Berechnen</translation>
    </message>
    <message>
        <source>Compute what is missing of the pins</source>
        <translation>Berechnen, was von den angehefteten Netzen fehlt</translation>
    </message>
    <message>
        <source>Copied the table as %1.</source>
        <translation>Die Tabelle wurde als %1 kopiert.</translation>
    </message>
    <message>
        <source>Copy Table as %1</source>
        <translation>Tabelle als %1 kopieren</translation>
    </message>
    <message>
        <source>Copy or save the table of all pins</source>
        <translation>Die Tabelle aller angehefteten Netze kopieren oder speichern</translation>
    </message>
    <message>
        <source>Corner of the table</source>
        <translation>Ecke der Tabelle</translation>
    </message>
    <message>
        <source>Differences of the others are those from this pin</source>
        <translation>Unterschiede der anderen sind die zu diesem Netz</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export the comparison of the pins</source>
        <translation>Den Vergleich der angehefteten Netze exportieren</translation>
    </message>
    <message>
        <source>Move Left</source>
        <translation>Nach links schieben</translation>
    </message>
    <message>
        <source>Move Right</source>
        <translation>Nach rechts schieben</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Picture of each pin</source>
        <translation>Bild jedes angehefteten Netzes</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Pin Random</source>
        <translation>Zufallsnetz anheften</translation>
    </message>
    <message>
        <source>Pin networks to compare them: Ctrl+P pins the one on screen, Ctrl+Shift+P a random one of the same layers and links. They stand here side by side, with the parameters and measures in which they differ.</source>
        <translation>Heften Sie Netze an, um sie zu vergleichen: Strg+P heftet das gezeigte an, Strg+Umschalt+P ein zufälliges mit gleichen Schichten und gleich vielen Verbindungen. Hier stehen sie nebeneinander, mit den Parametern und Maßen, in denen sie sich unterscheiden.</translation>
    </message>
    <message>
        <source>Pin the network on screen (Ctrl+P)</source>
        <translation>Das gezeigte Netz anheften (Strg+P)</translation>
    </message>
    <message>
        <source>Pin the random network (Erdős–Rényi) of the same layers and links (Ctrl+Shift+P)</source>
        <translation>Das Zufallsnetz (Erdős–Rényi) mit gleichen Schichten und gleich vielen Verbindungen anheften (Strg+Umschalt+P)</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>Pinned networks</source>
        <translation>Angeheftete Netze</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Rename Pin</source>
        <translation>Angeheftetes Netz umbenennen</translation>
    </message>
    <message>
        <source>Rename …</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>Save Table</source>
        <translation>Tabelle speichern</translation>
    </message>
    <message>
        <source>Save Table …</source>
        <translation>Tabelle speichern …</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Stop computing the pins</source>
        <translation>Die Berechnung der angehefteten Netze stoppen</translation>
    </message>
    <message>
        <source>Stop or go on computing</source>
        <translation>Berechnung anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>The pin that the others are compared with</source>
        <translation>Das angeheftete Netz, mit dem die anderen verglichen werden</translation>
    </message>
    <message>
        <source>Use as the Working Network</source>
        <translation>Als Arbeitsnetz verwenden</translation>
    </message>
    <message>
        <source>What to do with the pin</source>
        <translation>Was mit dem angehefteten Netz geschehen soll</translation>
    </message>
    <message>
        <source>Which picture of each pin is shown</source>
        <translation>Welches Bild jedes angehefteten Netzes gezeigt wird</translation>
    </message>
</context>
<context>
    <name>dnm::Question</name>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replace the file?</source>
        <translation>Datei ersetzen?</translation>
    </message>
    <message>
        <source>“%1” is already in the folder %2. Replace it?</source>
        <translation>„%1“ ist bereits im Ordner %2. Soll die Datei ersetzt werden?</translation>
    </message>
</context>
<context>
    <name>dnm::Recovery</name>
    <message>
        <source>Unsaved work is not kept for the case that the program ends: %1</source>
        <translation>Nicht gesicherte Arbeit wird nicht für den Fall aufbewahrt, dass das Programm endet: %1</translation>
    </message>
</context>
<context>
    <name>dnm::RecoveryDialog</name>
    <message>
        <source>DNM Studio ended before this work was saved:</source>
        <translation>DNM Studio endete, bevor diese Arbeit gespeichert war:</translation>
    </message>
    <message>
        <source>Delete the chosen work; it cannot be opened again</source>
        <translation>Die gewählte Arbeit löschen; sie kann dann nicht mehr geöffnet werden</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Offer it again at the next start, and by File &gt; Unsaved Work</source>
        <translation>Beim nächsten Start wieder anbieten und unter Datei &gt; Nicht gesicherte Arbeit</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Unsaved Work</source>
        <translation>Nicht gesicherte Arbeit</translation>
    </message>
    <message>
        <source>Unsaved work</source>
        <translation>Nicht gesicherte Arbeit</translation>
    </message>
</context>
<context>
    <name>dnm::RulesButton</name>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Columns of the comparison</source>
        <translation>Spalten des Vergleichs</translation>
    </message>
    <message>
        <source>Figures of Each Group</source>
        <translation>Kennzahlen jeder Gruppe</translation>
    </message>
    <message>
        <source>Rewiring Rules: %1</source>
        <translation>Regeln der Neuverdrahtung: %1</translation>
    </message>
    <message>
        <source>What the columns of the comparison are: figures of each group of runs, or rewiring rules</source>
        <translation>Was die Spalten des Vergleichs sind: Kennzahlen jeder Gruppe von Läufen oder Regeln der Neuverdrahtung</translation>
    </message>
</context>
<context>
    <name>dnm::RulesDialog</name>
    <message>
        <source>A group of runs for each pair. The comparison then has the rules as columns and the networks as rows.</source>
        <translation>Eine Gruppe von Läufen für jedes Paar. Der Vergleich hat dann die Regeln als Spalten und die Netze als Zeilen.</translation>
    </message>
    <message>
        <source>Drawn with the layers, sparsity and seeds of the panels</source>
        <translation>Gezogen mit den Schichten, der Sparsity und den Startwerten der Bereiche</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Netze</translation>
    </message>
    <message>
        <source>Rewiring rules</source>
        <translation>Regeln der Neuverdrahtung</translation>
    </message>
    <message>
        <source>The network on screen</source>
        <translation>Das gezeigte Netz</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Train %1 Groups</source>
        <translation>%1 Gruppen trainieren</translation>
    </message>
    <message>
        <source>Train 1 Group</source>
        <translation>1 Gruppe trainieren</translation>
    </message>
    <message>
        <source>Train under Several Rules</source>
        <translation>Unter mehreren Regeln trainieren</translation>
    </message>
    <message>
        <source>Train under several rules</source>
        <translation>Unter mehreren Regeln trainieren</translation>
    </message>
    <message>
        <source>What Start trains</source>
        <translation>Was „Starten“ trainiert</translation>
    </message>
</context>
<context>
    <name>dnm::RunsList</name>
    <message>
        <source> at once</source>
        <translation> zugleich</translation>
    </message>
    <message>
        <source>%1 has no run folder: its results would be lost.</source>
        <translation>%1 hat keinen Laufordner: Die Ergebnisse gingen verloren.</translation>
    </message>
    <message>
        <source>%1 is still training and has no run folder: its results would be lost.</source>
        <translation>%1 trainiert noch und hat keinen Laufordner: Die Ergebnisse gingen verloren.</translation>
    </message>
    <message>
        <source>%1 is still training. It stops and leaves the list; its run folder keeps the results, and File &gt; Open Run Folder brings them back.</source>
        <translation>%1 trainiert noch. Das Training endet und verlässt die Liste; der Laufordner behält die Ergebnisse, und Datei &gt; Ordner eines Laufs öffnen holt sie zurück.</translation>
    </message>
    <message>
        <source>A run that was stopped or failed continues from the last checkpoint in its run folder, or starts again</source>
        <translation>Ein Lauf, der gestoppt wurde oder fehlschlug, geht vom letzten Prüfpunkt in seinem Laufordner weiter oder beginnt neu</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>Actions on the selected run</source>
        <translation>Aktionen für den ausgewählten Lauf</translation>
    </message>
    <message>
        <source>Continues all runs of the group from their run folders, for more epochs than they were started with</source>
        <translation>Setzt alle Läufe der Gruppe aus ihren Laufordnern fort, für mehr Epochen, als sie zu Beginn hatten</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Details of the selected run</source>
        <translation>Einzelheiten des ausgewählten Laufs</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Discard the result?</source>
        <translation>Ergebnis verwerfen?</translation>
    </message>
    <message>
        <source>Discard …</source>
        <translation>Verwerfen …</translation>
    </message>
    <message>
        <source>How many runs train at once and share the processors; the others wait their turn</source>
        <translation>Wie viele Läufe zugleich trainieren und sich die Prozessoren teilen; die anderen warten, bis sie an der Reihe sind</translation>
    </message>
    <message>
        <source>Nothing has been trained yet.</source>
        <translation>Noch wurde nichts trainiert.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Puts the model and the training settings it was started with into the window (one undo step)</source>
        <translation>Holt das Modell und die Einstellungen des Trainings, mit denen er begann, ins Fenster (ein Schritt zum Rückgängigmachen)</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Restore Its Settings</source>
        <translation>Seine Einstellungen wiederherstellen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Runs side by side</source>
        <translation>Gleichzeitige Läufe</translation>
    </message>
    <message>
        <source>Selected Run</source>
        <translation>Ausgewählter Lauf</translation>
    </message>
    <message>
        <source>Show in Chart</source>
        <translation>Im Diagramm zeigen</translation>
    </message>
    <message>
        <source>Stop and Discard</source>
        <translation>Stoppen und verwerfen</translation>
    </message>
    <message>
        <source>Stop and Keep</source>
        <translation>Stoppen und behalten</translation>
    </message>
    <message>
        <source>Stop and discard the run?</source>
        <translation>Lauf stoppen und verwerfen?</translation>
    </message>
    <message>
        <source>The run with seed %1 of “%2”</source>
        <translation>Der Lauf mit Startwert %1 von „%2“</translation>
    </message>
    <message>
        <source>Throughput, memory, engine, speed-up, notes and run folder of the selected row</source>
        <translation>Durchsatz, Speicher, Rechenkern, Beschleunigung, Hinweise und Laufordner der ausgewählten Zeile</translation>
    </message>
    <message>
        <source>Train Longer</source>
        <translation>Länger trainieren</translation>
    </message>
    <message>
        <source>Train Longer …</source>
        <translation>Länger trainieren …</translation>
    </message>
    <message>
        <source>“%1”</source>
        <comment>a group of runs</comment>
        <translation>„%1“</translation>
    </message>
</context>
<context>
    <name>dnm::RunsTree</name>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Best val.</source>
        <translation>Beste Val.</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Beste</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Rest</translation>
    </message>
    <message>
        <source>A group of runs that differ only in their seed; checked: shown in the chart</source>
        <translation>Eine Gruppe von Läufen, die sich nur im Startwert unterscheiden; angekreuzt: im Diagramm gezeigt</translation>
    </message>
    <message>
        <source>State, and the epoch of how many</source>
        <translation>Zustand und die wievielte Epoche von wie vielen</translation>
    </message>
    <message>
        <source>Number of runs that the results are averaged over.</source>
        <translation>Anzahl der Läufe, über die die Ergebnisse gemittelt sind.</translation>
    </message>
    <message>
        <source>%1 at the last epoch that all its runs have: mean ± standard error over the seeds</source>
        <translation>%1 in der letzten Epoche, die alle seine Läufe haben: Mittel ± Standardfehler über die Startwerte</translation>
    </message>
    <message>
        <source>%1 at the epoch that was best on the test data: mean ± standard error</source>
        <translation>%1 in der Epoche, die auf den Testdaten am besten war: Mittel ± Standardfehler</translation>
    </message>
    <message>
        <source>%1 at the epoch that was best on the examples held out: mean ± standard error</source>
        <translation>%1 in der Epoche, die auf den zurückgehaltenen Beispielen am besten war: Mittel ± Standardfehler</translation>
    </message>
    <message>
        <source>Time until it ends, waiting for its turn included</source>
        <translation>Zeit bis zum Ende, das Warten eingeschlossen</translation>
    </message>
    <message>
        <source>Groups of runs with their state and %1; F2 renames, Delete discards</source>
        <translation>Gruppen von Läufen mit ihrem Zustand und %1; F2 benennt um, Entf verwirft</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message>
        <source>%1 last %2, best %3, %4</source>
        <translation>%1 zuletzt %2, beste %3, %4</translation>
    </message>
    <message>
        <source>State, last</source>
        <translation>Zustand, zuletzt</translation>
    </message>
</context>
<context>
    <name>dnm::SearchCanvas</name>
    <message>
        <source>The trials in parallel coordinates</source>
        <translation>Die Versuche in Parallelkoordinaten</translation>
    </message>
    <message>
        <source>A line for each trial, an axis for each parameter and objective; click a line to find it in the table</source>
        <translation>Eine Linie je Versuch, eine Achse je Parameter und Ziel; ein Klick auf eine Linie findet sie in der Tabelle</translation>
    </message>
</context>
<context>
    <name>dnm::SearchWindow</name>
    <message>
        <source>Search: %1</source>
        <translation>Suche: %1</translation>
    </message>
    <message>
        <source>Search in %1</source>
        <translation>Suche in %1</translation>
    </message>
    <message>
        <source>What is searched</source>
        <translation>Was gesucht wird</translation>
    </message>
    <message>
        <source>Reading the folder …</source>
        <translation>Der Ordner wird gelesen …</translation>
    </message>
    <message>
        <source>How far the search is</source>
        <translation>Wie weit die Suche ist</translation>
    </message>
    <message>
        <source>Tables of the search</source>
        <translation>Tabellen der Suche</translation>
    </message>
    <message>
        <source>Trials</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>The settings that were tried, the best first</source>
        <translation>Die Einstellungen, die versucht wurden, die besten zuerst</translation>
    </message>
    <message>
        <source>Rungs</source>
        <translation>Stufen</translation>
    </message>
    <message>
        <source>How many trials were trained for so many epochs, and went on</source>
        <translation>Wie viele Versuche so viele Epochen trainiert wurden und weitergingen</translation>
    </message>
    <message>
        <source>Other Seeds</source>
        <translation>Andere Startwerte</translation>
    </message>
    <message>
        <source>The best settings under seeds that chose nothing, on test data</source>
        <translation>Die besten Einstellungen unter Startwerten, die nichts ausgewählt haben, auf Testdaten</translation>
    </message>
    <message>
        <source>%1 of the search</source>
        <translation>%1 der Suche</translation>
    </message>
    <message>
        <source>&amp;Use This Setting</source>
        <translation>&amp;Diese Einstellung verwenden</translation>
    </message>
    <message>
        <source>The working network and the training get the setting of the trial: one step of undo</source>
        <translation>Arbeitsnetz und Training erhalten die Einstellung des Versuchs: ein Schritt zum Rückgängigmachen</translation>
    </message>
    <message>
        <source>&amp;Show Its Runs</source>
        <translation>&amp;Läufe zeigen</translation>
    </message>
    <message>
        <source>The curves and updates of the trial&apos;s runs, in Training</source>
        <translation>Die Kurven und Umbauten der Läufe des Versuchs, unter Training</translation>
    </message>
    <message>
        <source>Copy &amp;Command</source>
        <translation>&amp;Befehl kopieren</translation>
    </message>
    <message>
        <source>The command line that trains, or draws, this setting</source>
        <translation>Die Befehlszeile, die diese Einstellung trainiert oder zieht</translation>
    </message>
    <message>
        <source>&amp;Export Figure …</source>
        <translation>&amp;Abbildung exportieren …</translation>
    </message>
    <message>
        <source>The trials in parallel coordinates (PDF, SVG, PNG)</source>
        <translation>Die Versuche in Parallelkoordinaten (PDF, SVG, PNG)</translation>
    </message>
    <message>
        <source>Cancel &amp;Search …</source>
        <translation>&amp;Suche abbrechen …</translation>
    </message>
    <message>
        <source>End its workers, wherever they are; each keeps its work, and the search can go on later</source>
        <translation>Ihre Arbeiter beenden, wo sie auch sind; jeder behält seine Arbeit, und die Suche kann später weitergehen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Stop watching; the search goes on</source>
        <translation>Nicht mehr beobachten; die Suche geht weiter</translation>
    </message>
    <message>
        <source>Reading the search</source>
        <translation>Lesen der Suche</translation>
    </message>
    <message>
        <source>Importance (functional ANOVA): %1.</source>
        <translation>Wichtigkeit (funktionale ANOVA): %1.</translation>
    </message>
    <message>
        <source>The folder cannot be read now, and what is shown is from before: %1.</source>
        <translation>Der Ordner kann gerade nicht gelesen werden, und was zu sehen ist, ist von vorher: %1.</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>Kopiert: %1</translation>
    </message>
    <message>
        <source>Export Search</source>
        <translation>Suche exportieren</translation>
    </message>
    <message>
        <source>Parallel coordinates</source>
        <translation>Parallelkoordinaten</translation>
    </message>
    <message>
        <source>The figure carries the command line that draws it again, and this session.</source>
        <translation>Die Abbildung enthält die Befehlszeile, die sie wieder zeichnet, und diese Sitzung.</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>Schreiben von %1</translation>
    </message>
    <message>
        <source>Cancel Search</source>
        <translation>Suche abbrechen</translation>
    </message>
    <message>
        <source>Its workers end within a minute, on whatever machine they are. Each keeps its work, and “dnm search -o FOLDER” goes on with the search.</source>
        <translation>Ihre Arbeiter enden innerhalb einer Minute, auf welchem Rechner sie auch sind. Jeder behält seine Arbeit, und „dnm search -o ORDNER“ setzt die Suche fort.</translation>
    </message>
    <message>
        <source>Cancelling the search</source>
        <translation>Abbrechen der Suche</translation>
    </message>
    <message>
        <source>Curves of the search</source>
        <translation>Kurven der Suche</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>The best value so far, and how the best trials learned</source>
        <translation>Der bisher beste Wert, und wie die besten Versuche gelernt haben</translation>
    </message>
</context>
<context>
    <name>dnm::StartPage</name>
    <message>
        <source>Begin with a network</source>
        <translation>Mit einem Netz beginnen</translation>
    </message>
    <message>
        <source>Close the start page</source>
        <translation>Startseite schließen</translation>
    </message>
    <message>
        <source>Help &gt; Start Page shows it at any time</source>
        <translation>Hilfe &gt; Startseite zeigt sie jederzeit</translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>Open …</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>Painting small pictures</source>
        <translation>Kleine Bilder werden gemalt</translation>
    </message>
    <message>
        <source>Points at the slider, at the comparison and at Start, one after the other</source>
        <translation>Zeigt auf den Regler, auf den Vergleich und auf „Starten“, nacheinander</translation>
    </message>
    <message>
        <source>Sessions, networks and runs that you open or save appear here.</source>
        <translation>Sitzungen, Netze und Läufe, die Sie öffnen oder speichern, erscheinen hier.</translation>
    </message>
    <message>
        <source>Show Me</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show at start</source>
        <translation>Beim Start zeigen</translation>
    </message>
    <message>
        <source>Show the pictures (Esc); Help &gt; Start Page brings this page back</source>
        <translation>Die Bilder zeigen (Esc); Hilfe &gt; Startseite holt diese Seite zurück</translation>
    </message>
    <message>
        <source>Show this page at start</source>
        <translation>Diese Seite beim Start zeigen</translation>
    </message>
    <message>
        <source>Start page</source>
        <translation>Startseite</translation>
    </message>
    <message>
        <source>Three steps: move a slider and all pictures follow; compare the measures with chance; train what is on screen.</source>
        <translation>Drei Schritte: einen Regler bewegen, und alle Bilder folgen; die Maße mit dem Zufall vergleichen; trainieren, was gezeigt ist.</translation>
    </message>
    <message>
        <source>Tour in three steps</source>
        <translation>Rundgang in drei Schritten</translation>
    </message>
</context>
<context>
    <name>dnm::StatusLine</name>
    <message>
        <source>%1 against chance</source>
        <translation>%1 gegen den Zufall</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel what is under way</source>
        <translation>Abbrechen, was gerade geschieht</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>Wird berechnet</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Drawing pictures</source>
        <translation>Bilder werden gezeichnet</translation>
    </message>
    <message>
        <source>Drawing the network</source>
        <translation>Netz wird gezogen</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>Einbettung</translation>
    </message>
    <message>
        <source>No network</source>
        <translation>Kein Netz</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>Eingereiht</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Seed and links</source>
        <translation>Startwert und Verbindungen</translation>
    </message>
    <message>
        <source>Selected neurons</source>
        <translation>Ausgewählte Neuronen</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Stop computing; what is there stays, the rest is marked as cancelled (F5 computes it)</source>
        <translation>Berechnung stoppen; was da ist, bleibt, der Rest gilt als abgebrochen (F5 berechnet ihn)</translation>
    </message>
    <message>
        <source>Stopped (F5 goes on)</source>
        <translation>Gestoppt (F5: weiter)</translation>
    </message>
    <message>
        <source>Time taken so far</source>
        <translation>Bisher gebrauchte Zeit</translation>
    </message>
    <message>
        <source>Under the pointer</source>
        <translation>Unter dem Zeiger</translation>
    </message>
    <message>
        <source>Waiting for fresh values</source>
        <translation>Warten auf aktuelle Werte</translation>
    </message>
    <message>
        <source>What is under way</source>
        <translation>Was gerade geschieht</translation>
    </message>
    <message>
        <source>no network</source>
        <translation>kein Netz</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
</context>
<context>
    <name>dnm::SweepCanvas</name>
    <message>
        <source>Chart of the sweep</source>
        <translation>Diagramm des Sweeps</translation>
    </message>
    <message>
        <source>Choose a parameter and its values, then Start: the measures of the network are drawn against it.</source>
        <translation>Wählen Sie einen Parameter und seine Werte, dann „Starten“: Die Maße des Netzes werden darüber aufgetragen.</translation>
    </message>
</context>
<context>
    <name>dnm::SweepDock</name>
    <message>
        <source>A network for each seed at every point; means and errors are over them</source>
        <translation>Ein Netz für jeden Startwert an jedem Punkt; Mittel und Fehler beziehen sich darauf</translation>
    </message>
    <message>
        <source>A range FROM:TO:COUNT, with both ends, as 0.5:0.99:8, or values between commas, as fixed,gaussian:2. With :log or :linear behind it, a range goes by equal ratios or by equal steps. Of a distribution, a range is of its mean or spread: fixed:1:9:5, gaussian:0.5:4:8. Values that hold commas are separated by semicolons.</source>
        <translation>Ein Bereich VON:BIS:ANZAHL mit beiden Enden, etwa 0.5:0.99:8, oder Werte zwischen Kommas, etwa fixed,gaussian:2. Mit :log oder :linear dahinter geht ein Bereich in gleichen Verhältnissen oder gleichen Schritten. Bei einer Verteilung gilt ein Bereich ihrem Mittelwert oder ihrer Streuung: fixed:1:9:5, gaussian:0.5:4:8. Werte, die Kommas enthalten, werden durch Semikolons getrennt.</translation>
    </message>
    <message>
        <source>A second parameter: each pair of values has a network, and the charts are maps</source>
        <translation>Ein zweiter Parameter: Jedes Paar von Werten hat ein Netz, und die Diagramme sind Karten</translation>
    </message>
    <message>
        <source>All Networks (CSV) …</source>
        <translation>Alle Netze (CSV) …</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>All measures</source>
        <translation>Alle Maße</translation>
    </message>
    <message>
        <source>Click a point to make it the working network.</source>
        <translation>Klicken Sie auf einen Punkt, um ihn zum Arbeitsnetz zu machen.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Continue the sweep</source>
        <translation>Den Sweep fortsetzen</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>Kopiert: %1</translation>
    </message>
    <message>
        <source>Copy as Command Line</source>
        <translation>Als Befehlszeile kopieren</translation>
    </message>
    <message>
        <source>Draw and measure the networks in the background, at low priority; what is there stays</source>
        <translation>Die Netze im Hintergrund mit niedriger Priorität ziehen und messen; was da ist, bleibt</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export Numbers</source>
        <translation>Zahlen exportieren</translation>
    </message>
    <message>
        <source>Export Sweep</source>
        <translation>Sweep exportieren</translation>
    </message>
    <message>
        <source>Export the sweep</source>
        <translation>Den Sweep exportieren</translation>
    </message>
    <message>
        <source>Figure (PDF, SVG, PNG) …</source>
        <translation>Abbildung (PDF, SVG, PNG) …</translation>
    </message>
    <message>
        <source>How far the sweep is</source>
        <translation>Wie weit der Sweep ist</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Means (CSV) …</source>
        <translation>Mittelwerte (CSV) …</translation>
    </message>
    <message>
        <source>Means (Markdown) …</source>
        <translation>Mittelwerte (Markdown) …</translation>
    </message>
    <message>
        <source>Measure %1 in the sweep</source>
        <translation>%1 im Sweep messen</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>Maße</translation>
    </message>
    <message>
        <source>Parameter that is varied</source>
        <translation>Parameter, der variiert wird</translation>
    </message>
    <message>
        <source>Second parameter that is varied</source>
        <translation>Zweiter Parameter, der variiert wird</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>Startwerte</translation>
    </message>
    <message>
        <source>Seeds of the sweep</source>
        <translation>Startwerte des Sweeps</translation>
    </message>
    <message>
        <source>Settings of the sweep</source>
        <translation>Einstellungen des Sweeps</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Start the sweep</source>
        <translation>Den Sweep starten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Stop the sweep</source>
        <translation>Den Sweep stoppen</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Sweep</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>The figure carries the command line of the sweep, and this session.</source>
        <translation>Die Abbildung enthält die Befehlszeile des Sweeps und diese Sitzung.</translation>
    </message>
    <message>
        <source>The marked point of the sweep</source>
        <translation>Der markierte Punkt des Sweeps</translation>
    </message>
    <message>
        <source>The parameter that goes through its values</source>
        <translation>Der Parameter, der seine Werte durchläuft</translation>
    </message>
    <message>
        <source>The sweep ended: %1.</source>
        <translation>Der Sweep endete: %1.</translation>
    </message>
    <message>
        <source>Values of the parameter</source>
        <translation>Werte des Parameters</translation>
    </message>
    <message>
        <source>Values of the second parameter</source>
        <translation>Werte des zweiten Parameters</translation>
    </message>
    <message>
        <source>Vary</source>
        <translation>Variieren</translation>
    </message>
    <message>
        <source>Write the charts as a figure, or their numbers as a table</source>
        <translation>Die Diagramme als Abbildung schreiben oder ihre Zahlen als Tabelle</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>Schreiben von %1</translation>
    </message>
    <message>
        <source>and</source>
        <translation>und</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
</context>
<context>
    <name>dnm::SweepRunner</name>
    <message>
        <source>Sweeping</source>
        <translation>Sweep läuft</translation>
    </message>
</context>
<context>
    <name>dnm::TimeLine</name>
    <message>
        <source>%1 of the links; click to show one</source>
        <translation>%1 der Verbindungen; klicken Sie, um eines zu zeigen</translation>
    </message>
    <message>
        <source>%1 removed, %2 new, %3</source>
        <translation>%1 entfernt, %2 neu, %3</translation>
    </message>
    <message>
        <source>Click or drag to show an update, Shift-click to compare with one.
Keys: ← → by one, Page Up and Down by ten, Home, End; with Shift for the comparison, Esc ends it.</source>
        <translation>Klicken oder ziehen Sie, um ein Update zu zeigen; Umschalt-Klick vergleicht mit einem.
Tasten: ← → um eines, Bild auf und ab um zehn, Pos1, Ende; mit Umschalt für den Vergleich, Esc beendet ihn.</translation>
    </message>
    <message>
        <source>Compare with Update %1</source>
        <translation>Mit Update %1 vergleichen</translation>
    </message>
    <message>
        <source>Compare with the One Before</source>
        <translation>Mit dem davor vergleichen</translation>
    </message>
    <message>
        <source>Compare with the Start</source>
        <translation>Mit dem Anfang vergleichen</translation>
    </message>
    <message>
        <source>Show Update %1</source>
        <translation>Update %1 zeigen</translation>
    </message>
    <message>
        <source>Show the Start</source>
        <translation>Den Anfang zeigen</translation>
    </message>
    <message>
        <source>Time line of the updates of the run&apos;s links</source>
        <translation>Zeitleiste der Updates der Verbindungen des Laufs</translation>
    </message>
    <message>
        <source>Use the Network of Update %1</source>
        <translation>Das Netz von Update %1 verwenden</translation>
    </message>
    <message>
        <source>Use the Network of the Start</source>
        <translation>Das Netz des Anfangs verwenden</translation>
    </message>
    <message>
        <source>no update of the links yet</source>
        <translation>noch kein Update der Verbindungen</translation>
    </message>
</context>
<context>
    <name>dnm::Tour</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>End the tour</source>
        <translation>Den Rundgang beenden</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>The next step</source>
        <translation>Der nächste Schritt</translation>
    </message>
    <message>
        <source>The step before</source>
        <translation>Der Schritt davor</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>Rundgang</translation>
    </message>
</context>
<context>
    <name>dnm::TrainingChart</name>
    <message>
        <source>%1, and the comparison of runs</source>
        <translation>%1 und der Vergleich der Läufe</translation>
    </message>
    <message>
        <source>Accuracy of each group of runs: mean, standard error and every run</source>
        <translation>Genauigkeit jeder Gruppe von Läufen: Mittel, Standardfehler und jeder Lauf</translation>
    </message>
    <message>
        <source>All Epochs</source>
        <translation>Alle Epochen</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Best first</source>
        <translation>Beste zuerst</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Comparison (CSV) …</source>
        <translation>Vergleich (CSV) …</translation>
    </message>
    <message>
        <source>Comparison (LaTeX Table) …</source>
        <translation>Vergleich (LaTeX-Tabelle) …</translation>
    </message>
    <message>
        <source>Comparison of the groups of runs</source>
        <translation>Vergleich der Gruppen von Läufen</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export Chart</source>
        <translation>Diagramm exportieren</translation>
    </message>
    <message>
        <source>Export Numbers</source>
        <translation>Zahlen exportieren</translation>
    </message>
    <message>
        <source>Export the chart or its numbers</source>
        <translation>Das Diagramm oder seine Zahlen exportieren</translation>
    </message>
    <message>
        <source>Figure (PDF, SVG, PNG) …</source>
        <translation>Abbildung (PDF, SVG, PNG) …</translation>
    </message>
    <message>
        <source>How the chart is drawn</source>
        <translation>Wie das Diagramm gezeichnet wird</translation>
    </message>
    <message>
        <source>LaTeX tables (*.tex)</source>
        <translation>LaTeX-Tabellen (*.tex)</translation>
    </message>
    <message>
        <source>Logarithmic Axis</source>
        <translation>Logarithmische Achse</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Measure the network after every update, in the background: L, Q, σ_c, γ, spread of the degrees and dead neurons. The run folder keeps them.</source>
        <translation>Das Netz nach jedem Update im Hintergrund messen: L, Q, σ_c, γ, Streuung der Grade und tote Neuronen. Der Laufordner bewahrt sie auf.</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>Maße</translation>
    </message>
    <message>
        <source>Nothing has been trained yet</source>
        <translation>Noch wurde nichts trainiert</translation>
    </message>
    <message>
        <source>Numbers of All Epochs (CSV) …</source>
        <translation>Zahlen aller Epochen (CSV) …</translation>
    </message>
    <message>
        <source>Order the rows by the last epoch, the best first; otherwise they follow the list of runs</source>
        <translation>Die Zeilen nach der letzten Epoche ordnen, die besten zuerst; sonst folgen sie der Liste der Läufe</translation>
    </message>
    <message>
        <source>Rules and Initialisers (CSV) …</source>
        <translation>Regeln und Initialisierungen (CSV) …</translation>
    </message>
    <message>
        <source>Rules as Columns (LaTeX Tables) …</source>
        <translation>Regeln als Spalten (LaTeX-Tabellen) …</translation>
    </message>
    <message>
        <source>Rules as Columns (Markdown) …</source>
        <translation>Regeln als Spalten (Markdown) …</translation>
    </message>
    <message>
        <source>Show the comparison</source>
        <translation>Den Vergleich zeigen</translation>
    </message>
    <message>
        <source>Show the curves</source>
        <translation>Die Kurven zeigen</translation>
    </message>
    <message>
        <source>Show the updates</source>
        <translation>Die Updates zeigen</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Smoothing, the weight w of the past in the moving average of each run: 0 shows what was measured. The start is corrected, so that a constant stays constant; the unsmoothed mean stays visible behind it.</source>
        <translation>Glättung, das Gewicht w der Vergangenheit im gleitenden Mittel jedes Laufs: 0 zeigt, was gemessen wurde. Der Anfang ist korrigiert, sodass eine Konstante konstant bleibt; das ungeglättete Mittel bleibt dahinter sichtbar.</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>The figure carries the command lines and seeds of its runs, and this session.</source>
        <translation>Die Abbildung enthält die Befehlszeilen und Startwerte ihrer Läufe und diese Sitzung.</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Updates</translation>
    </message>
    <message>
        <source>Updates of the topology</source>
        <translation>Updates der Topologie</translation>
    </message>
    <message>
        <source>Values that are no shares, such as the loss, on a logarithmic axis</source>
        <translation>Werte, die keine Anteile sind, etwa der Verlust, auf einer logarithmischen Achse</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>View of the chart</source>
        <translation>Ansicht des Diagramms</translation>
    </message>
    <message>
        <source>Weight of the past, from 0 to 0.99</source>
        <translation>Gewicht der Vergangenheit, von 0 bis 0.99</translation>
    </message>
    <message>
        <source>What the updates of the topology did, on the time axis of the runs</source>
        <translation>Was die Updates der Topologie bewirkten, auf der Zeitachse der Läufe</translation>
    </message>
    <message>
        <source>Wheel, + and - and a drag along the epochs zoom; a double-click shows all of them</source>
        <translation>Rad, + und - und Ziehen entlang der Epochen vergrößern; ein Doppelklick zeigt alle</translation>
    </message>
    <message>
        <source>Write the chart as a figure, or its numbers as a table</source>
        <translation>Das Diagramm als Abbildung schreiben oder seine Zahlen als Tabelle</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>Schreiben von %1</translation>
    </message>
</context>
<context>
    <name>dnm::TrainingController</name>
    <message>
        <source>%1 has %2 inputs, but the first layer of the network on screen has %3 neurons.

Resize the layers to %4 (%5 at the present sparsity) and train that network? Undo restores the present one.</source>
        <translation>%1 hat %2 Eingänge, aber die erste Schicht des gezeigten Netzes hat %3 Neuronen.

Sollen die Schichten auf %4 geändert (%5 bei der jetzigen Sparsity) und dieses Netz trainiert werden? „Rückgängig“ stellt das jetzige wieder her.</translation>
    </message>
    <message>
        <source>The matrices of a Transformer are drawn by the model; show the model in place of a file or run (Network &gt; Back to the Model), then start.</source>
        <translation>Die Matrizen eines Transformers zieht das Modell; zeigen Sie das Modell statt einer Datei oder eines Laufs (Netz &gt; Zurück zum Modell) und starten Sie dann.</translation>
    </message>
    <message>
        <source>There is no network to train: %1</source>
        <translation>Es gibt kein Netz zu trainieren: %1</translation>
    </message>
    <message>
        <source>This network has no layers, so it cannot be trained; open a layered one or draw one from the model.</source>
        <translation>Dieses Netz hat keine Schichten und kann daher nicht trainiert werden; öffnen Sie eines mit Schichten oder ziehen Sie eines aus dem Modell.</translation>
    </message>
    <message>
        <source>Training was not started: computing was cancelled before the network was drawn; F5 draws it.</source>
        <translation>Das Training wurde nicht gestartet: Die Berechnung wurde abgebrochen, bevor das Netz gezogen war; F5 zieht es.</translation>
    </message>
    <message>
        <source>The network on screen is that of the run with seed %1%2 after %3 of its links. Train from the network that this run began with, or from the rewired one?</source>
        <translation>Das gezeigte Netz ist das des Laufs mit Startwert %1%2 nach %3 seiner Verbindungen. Soll das Training mit dem Netz beginnen, mit dem dieser Lauf begann, oder mit dem neu verdrahteten?</translation>
    </message>
</context>
<context>
    <name>dnm::TrainingDock</name>
    <message>
        <source>%1 engine</source>
        <translation>Rechenkern %1</translation>
    </message>
    <message>
        <source>%1 has %2 inputs: Start offers to resize</source>
        <translation>%1 hat %2 Eingänge: „Starten“ bietet an, die Größe anzupassen</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>%1, %2 and a dense classifier</source>
        <translation>%1, %2 und ein dichter Klassifikator</translation>
    </message>
    <message>
        <source>%1, as on screen</source>
        <translation>%1, wie gezeigt</translation>
    </message>
    <message>
        <source>&amp;Large Chart</source>
        <translation>&amp;Großes Diagramm</translation>
    </message>
    <message>
        <source>(no layers: cannot be trained)</source>
        <translation>(keine Schichten: kann nicht trainiert werden)</translation>
    </message>
    <message>
        <source>(no longer the network on screen)</source>
        <translation>(nicht mehr das gezeigte Netz)</translation>
    </message>
    <message>
        <source>Empty: a new one in %1</source>
        <translation>Leer: ein neuer in %1</translation>
    </message>
    <message>
        <source>Its first network</source>
        <translation>Sein erstes Netz</translation>
    </message>
    <message>
        <source>On screen:</source>
        <translation>Gezeigt:</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Pause or resume the selected run</source>
        <translation>Den ausgewählten Lauf anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>Pause or resume the selected run or group (Space in this panel: all of them)</source>
        <translation>Den ausgewählten Lauf oder die Gruppe anhalten oder fortsetzen (Leertaste in diesem Bereich: alle)</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>Fortschritt des Trainings</translation>
    </message>
    <message>
        <source>Resize and train</source>
        <translation>Ändern und trainieren</translation>
    </message>
    <message>
        <source>Resize the layers?</source>
        <translation>Größe der Schichten ändern?</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Start training the network on screen</source>
        <translation>Das Training des gezeigten Netzes starten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Stop the selected run</source>
        <translation>Den ausgewählten Lauf stoppen</translation>
    </message>
    <message>
        <source>Stop the selected run or group after the batch under way; its results are kept</source>
        <translation>Den ausgewählten Lauf oder die Gruppe nach dem laufenden Stapel stoppen; die Ergebnisse bleiben erhalten</translation>
    </message>
    <message>
        <source>The chart in a window of its own</source>
        <translation>Das Diagramm in einem eigenen Fenster</translation>
    </message>
    <message>
        <source>The rewired one</source>
        <translation>Das neu verdrahtete</translation>
    </message>
    <message>
        <source>There is no network to train: it could not be drawn</source>
        <translation>Es gibt kein Netz zu trainieren: Es konnte nicht gezogen werden</translation>
    </message>
    <message>
        <source>To be %1; on screen:</source>
        <translation>Soll %1 sein; gezeigt:</translation>
    </message>
    <message>
        <source>To be drawn by the model: %1</source>
        <translation>Zieht das Modell: %1</translation>
    </message>
    <message>
        <source>Train the network on screen under each of the seeds (Space in this panel, when nothing trains). While others train it waits for its turn.</source>
        <translation>Das gezeigte Netz unter jedem der Startwerte trainieren (Leertaste in diesem Bereich, wenn nichts trainiert). Während andere trainieren, wartet es, bis es an der Reihe ist.</translation>
    </message>
    <message>
        <source>Train which network?</source>
        <translation>Welches Netz trainieren?</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Training Chart</source>
        <translation>Diagramm des Trainings</translation>
    </message>
    <message>
        <source>Training settings</source>
        <translation>Einstellungen des Trainings</translation>
    </message>
    <message>
        <source>Trains %1 on %2</source>
        <translation>Trainiert %1 auf %2</translation>
    </message>
    <message>
        <source>Trains on %1</source>
        <translation>Trainiert auf %1</translation>
    </message>
    <message>
        <source>Updates that the rewiring rule will make</source>
        <translation>Updates, die die Regel der Neuverdrahtung machen wird</translation>
    </message>
    <message>
        <source>and %1, one for each further seed</source>
        <translation>und %1, eines für jeden weiteren Startwert</translation>
    </message>
    <message>
        <source>best %1</source>
        <translation>beste %1</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>untätig</translation>
    </message>
    <message>
        <source>its seed %1 is not among the seeds, so networks of those seeds are drawn and trained</source>
        <translation>sein Startwert %1 ist nicht unter den Startwerten, daher werden Netze dieser Startwerte gezogen und trainiert</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>trained under %1 seeds</source>
        <translation>trainiert unter %1 Startwerten</translation>
    </message>
    <message>
        <source>waiting for the network</source>
        <translation>Warten auf das Netz</translation>
    </message>
</context>
<context>
    <name>dnm::TrainingRuns</name>
    <message>
        <source> of “%1”</source>
        <comment>a group of runs, behind the name of one</comment>
        <translation> von „%1“</translation>
    </message>
</context>
<context>
    <name>dnm::UpdatePlanView</name>
    <message>
        <source>Updates that the rewiring rule will make</source>
        <translation>Updates, die die Regel der Neuverdrahtung machen wird</translation>
    </message>
</context>
<context>
    <name>dnm::ViewArea</name>
    <message>
        <source>Angles</source>
        <translation>Winkel</translation>
    </message>
    <message>
        <source>Coalescent embedding</source>
        <translation>Koaleszente Einbettung</translation>
    </message>
    <message>
        <source>Dimension reduction</source>
        <translation>Dimensionsreduktion</translation>
    </message>
    <message>
        <source>How the neurons get their angles: link weights, dimension reduction, adjustment</source>
        <translation>Wie die Neuronen zu ihren Winkeln kommen: Gewichte der Verbindungen, Dimensionsreduktion, Anpassung</translation>
    </message>
    <message>
        <source>Link weights</source>
        <translation>Gewichte der Verbindungen</translation>
    </message>
    <message>
        <source>Show all (double-click)</source>
        <translation>Alles zeigen (Doppelklick)</translation>
    </message>
    <message>
        <source>shown: %1</source>
        <translation>gezeigt: %1</translation>
    </message>
    <message>
        <source>◌ drawing</source>
        <translation>◌ wird gezeichnet</translation>
    </message>
</context>
<context>
    <name>dnm::ViewPane</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel computing %1</source>
        <translation>Berechnung von %1 abbrechen</translation>
    </message>
    <message>
        <source>Double-click to let this picture fill the window</source>
        <translation>Doppelklick, damit dieses Bild das Fenster füllt</translation>
    </message>
    <message>
        <source>Fill the window with %1</source>
        <translation>Das Fenster füllen mit %1</translation>
    </message>
    <message>
        <source>How this picture is drawn</source>
        <translation>Wie dieses Bild gezeichnet wird</translation>
    </message>
    <message>
        <source>Let this picture fill the window</source>
        <translation>Das Fenster mit diesem Bild füllen</translation>
    </message>
    <message>
        <source>Options of %1</source>
        <translation>Optionen von %1</translation>
    </message>
    <message>
        <source>Show all pictures</source>
        <translation>Alle Bilder zeigen</translation>
    </message>
    <message>
        <source>Show all pictures (%1 or Esc)</source>
        <translation>Alle Bilder zeigen (%1 oder Esc)</translation>
    </message>
    <message>
        <source>Stop computing; the picture before stays (Ctrl+.)</source>
        <translation>Berechnung stoppen; das Bild davor bleibt (Strg+.)</translation>
    </message>
    <message>
        <source>Title bar of %1</source>
        <translation>Titelleiste von %1</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
</context>
<context>
    <name>dnm::WeightsExport</name>
    <message>
        <source>Export Weights</source>
        <translation>Gewichte exportieren</translation>
    </message>
    <message>
        <source>Export Weights …</source>
        <translation>Gewichte exportieren …</translation>
    </message>
    <message>
        <source>It holds %1.</source>
        <translation>Sie enthält %1.</translation>
    </message>
    <message>
        <source>Safetensors (*%1);;All files (*)</source>
        <translation>Safetensors (*%1);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Select one run that has trained an epoch and has a run folder</source>
        <translation>Wählen Sie einen Lauf, der eine Epoche trainiert hat und einen Laufordner hat</translation>
    </message>
    <message>
        <source>Writes weights, biases and masks of the run&apos;s checkpoint for PyTorch (.safetensors)</source>
        <translation>Schreibt Gewichte, Biases und Masken des Prüfpunkts für PyTorch (.safetensors)</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>Schreiben von %1</translation>
    </message>
</context>
<context>
    <name>dnm::Window</name>
    <message>
        <source>%1 Panel</source>
        <translation>Bereich %1</translation>
    </message>
    <message>
        <source>%1 is not on this machine; copy it here and open the copy.</source>
        <translation>%1 ist nicht auf diesem Rechner; kopieren Sie es hierher und öffnen Sie die Kopie.</translation>
    </message>
    <message>
        <source>&amp;About DNM Studio</source>
        <translation>Über &amp;DNM Studio</translation>
    </message>
    <message>
        <source>&amp;All Pictures</source>
        <translation>&amp;Alle Bilder</translation>
    </message>
    <message>
        <source>&amp;Cancel Computing</source>
        <translation>Berechnung a&amp;bbrechen</translation>
    </message>
    <message>
        <source>&amp;Copy as Command Line</source>
        <translation>Als &amp;Befehlszeile kopieren</translation>
    </message>
    <message>
        <source>&amp;Design</source>
        <translation>&amp;Entwerfen</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Export Figure …</source>
        <translation>&amp;Abbildung exportieren …</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Find Neurons</source>
        <translation>Neuronen &amp;suchen</translation>
    </message>
    <message>
        <source>&amp;Find a Command …</source>
        <translation>&amp;Befehl suchen …</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Keep as My Arrangement</source>
        <translation>Als meine Anordnung &amp;behalten</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;Manual</source>
        <translation>&amp;Handbuch</translation>
    </message>
    <message>
        <source>&amp;Messages So Far</source>
        <translation>Bisherige &amp;Meldungen</translation>
    </message>
    <message>
        <source>&amp;My Arrangement</source>
        <translation>&amp;Meine Anordnung</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>&amp;Netz</translation>
    </message>
    <message>
        <source>&amp;New Session</source>
        <translation>&amp;Neue Sitzung</translation>
    </message>
    <message>
        <source>&amp;Open …</source>
        <translation>Ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>&amp;Pause All</source>
        <translation>Alle &amp;anhalten</translation>
    </message>
    <message>
        <source>&amp;Pin This Network</source>
        <translation>Dieses Netz &amp;anheften</translation>
    </message>
    <message>
        <source>&amp;Presets</source>
        <translation>&amp;Vorlagen</translation>
    </message>
    <message>
        <source>&amp;Print …</source>
        <translation>&amp;Drucken …</translation>
    </message>
    <message>
        <source>&amp;Publish</source>
        <translation>&amp;Veröffentlichen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Redo %1</source>
        <translation>&amp;Wiederholen: %1</translation>
    </message>
    <message>
        <source>&amp;Resume All</source>
        <translation>Alle &amp;fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Save Session</source>
        <translation>Sitzung &amp;speichern</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>&amp;Start Page</source>
        <translation>&amp;Startseite</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>&amp;Tour in Three Steps</source>
        <translation>&amp;Rundgang in drei Schritten</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>&amp;Trainieren</translation>
    </message>
    <message>
        <source>&amp;Training</source>
        <translation>&amp;Training</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Undo %1</source>
        <translation>&amp;Rückgängig: %1</translation>
    </message>
    <message>
        <source>&amp;Unsaved Work …</source>
        <translation>Nicht &amp;gesicherte Arbeit …</translation>
    </message>
    <message>
        <source>&amp;Use This Network</source>
        <translation>Dieses Netz ver&amp;wenden</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&lt;h3&gt;DNM Studio %1&lt;/h3&gt;&lt;p&gt;Design, measure, embed and train sparse networks, live.&lt;/p&gt;&lt;p&gt;The Dendritic Network Model and its measures follow D. Cerretti, Y. Zhang and C. V. Cannistraci. Built on Qt %2, VTK, igraph and LibTorch.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;DNM Studio %1&lt;/h3&gt;&lt;p&gt;Dünn besetzte Netze entwerfen, messen, einbetten und trainieren, live.&lt;/p&gt;&lt;p&gt;Das Dendritic Network Model und seine Maße folgen D. Cerretti, Y. Zhang und C. V. Cannistraci. Gebaut mit Qt %2, VTK, igraph und LibTorch.&lt;/p&gt;&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder neuer.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>A large chart of the training below the pictures</source>
        <translation>Ein großes Diagramm des Trainings unter den Bildern</translation>
    </message>
    <message>
        <source>About DNM Studio</source>
        <translation>Über DNM Studio</translation>
    </message>
    <message>
        <source>C&amp;hoose Layers …</source>
        <translation>Schi&amp;chten auswählen …</translation>
    </message>
    <message>
        <source>Compare measures randomised copies of this network, and each card says how far its value lies from chance. Ctrl+P pins a network, to compare it with others.</source>
        <translation>„Vergleichen“ misst zufällige Kopien dieses Netzes, und jede Karte sagt, wie weit ihr Wert vom Zufall entfernt ist. Strg+P heftet ein Netz an, um es mit anderen zu vergleichen.</translation>
    </message>
    <message>
        <source>Compare the measures</source>
        <translation>Die Maße vergleichen</translation>
    </message>
    <message>
        <source>Compute &amp;Again</source>
        <translation>&amp;Erneut berechnen</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>Kopiert: %1</translation>
    </message>
    <message>
        <source>Copy Picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Drag it: matrix, layers and disk follow while you drag, and the measures are computed as you let go. Ctrl+Z takes it back.</source>
        <translation>Ziehen Sie ihn: Matrix, Schichten und Scheibe folgen dabei, und die Maße werden berechnet, wenn Sie loslassen. Strg+Z nimmt es zurück.</translation>
    </message>
    <message>
        <source>Embedding: %1</source>
        <translation>Einbettung: %1</translation>
    </message>
    <message>
        <source>Fill the window, and back</source>
        <translation>Das Fenster füllen und zurück</translation>
    </message>
    <message>
        <source>In a picture</source>
        <translation>In einem Bild</translation>
    </message>
    <message>
        <source>In the Pinned panel</source>
        <translation>Im Bereich Angeheftet</translation>
    </message>
    <message>
        <source>In the Training panel</source>
        <translation>Im Bereich Training</translation>
    </message>
    <message>
        <source>In the list of runs</source>
        <translation>In der Liste der Läufe</translation>
    </message>
    <message>
        <source>Keep it beside others, to compare them</source>
        <translation>Es neben anderen behalten, um sie zu vergleichen</translation>
    </message>
    <message>
        <source>Keep this network beside others, to compare them (Ctrl+P)</source>
        <translation>Dieses Netz neben anderen behalten, um sie zu vergleichen (Strg+P)</translation>
    </message>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>La&amp;yout</source>
        <translation>An&amp;ordnung</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>S&amp;prache</translation>
    </message>
    <message>
        <source>Large pictures alone, with the tools that write and print them</source>
        <translation>Nur große Bilder, mit den Werkzeugen, die sie schreiben und drucken</translation>
    </message>
    <message>
        <source>Likeliest &amp;Missing Links</source>
        <translation>Wahrscheinlichste &amp;fehlende Verbindungen</translation>
    </message>
    <message>
        <source>Looking for unsaved work</source>
        <translation>Suche nach nicht gesicherter Arbeit</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Model, pictures and measures; the pictures have the room of the training</source>
        <translation>Modell, Bilder und Maße; die Bilder haben den Platz des Trainings</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Move a slider</source>
        <translation>Einen Regler bewegen</translation>
    </message>
    <message>
        <source>My Arrangement is as the window is now</source>
        <translation>„Meine Anordnung“ ist so, wie das Fenster jetzt ist</translation>
    </message>
    <message>
        <source>New &amp;Seed</source>
        <translation>Neuer &amp;Startwert</translation>
    </message>
    <message>
        <source>On paper, the page that Export Figure was last set to</source>
        <translation>Auf Papier, die Seite, die zuletzt in „Abbildung exportieren“ eingestellt war</translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Open Run &amp;Folder …</source>
        <translation>Ordner eines &amp;Laufs öffnen …</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Pin a Random Network of the &amp;Same Sparsity</source>
        <translation>&amp;Zufallsnetz gleicher Sparsity anheften</translation>
    </message>
    <message>
        <source>Pin this network</source>
        <translation>Dieses Netz anheften</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Veröffentlichen</translation>
    </message>
    <message>
        <source>Puts the picture on the clipboard, as it would be printed</source>
        <translation>Legt das Bild in die Zwischenablage, so wie es gedruckt würde</translation>
    </message>
    <message>
        <source>Read as &amp;Graph</source>
        <translation>Als &amp;Graph lesen</translation>
    </message>
    <message>
        <source>Read as &amp;Layers</source>
        <translation>Als Sch&amp;ichten lesen</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Reset &amp;Layout</source>
        <translation>Anordnung zurück&amp;setzen</translation>
    </message>
    <message>
        <source>Reset &amp;Zoom</source>
        <translation>&amp;Zoom zurücksetzen</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>S&amp;toppen</translation>
    </message>
    <message>
        <source>S&amp;weep a Parameter …</source>
        <translation>&amp;Parameter variieren …</translation>
    </message>
    <message>
        <source>Save Net&amp;work As …</source>
        <translation>Netz spe&amp;ichern unter …</translation>
    </message>
    <message>
        <source>Save Session &amp;As …</source>
        <translation>Sitzung speichern &amp;unter …</translation>
    </message>
    <message>
        <source>Select &amp;Neighbours Too</source>
        <translation>&amp;Nachbarn mit auswählen</translation>
    </message>
    <message>
        <source>Select N&amp;othing</source>
        <translation>Auswahl auf&amp;heben</translation>
    </message>
    <message>
        <source>Select a neuron</source>
        <translation>Ein Neuron auswählen</translation>
    </message>
    <message>
        <source>Select those in a rectangle</source>
        <translation>Die in einem Rechteck auswählen</translation>
    </message>
    <message>
        <source>Shift and drag</source>
        <translation>Umschalt und ziehen</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Start</source>
        <comment>of the session</comment>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>Start &amp;Another</source>
        <translation>&amp;Weiteres starten</translation>
    </message>
    <message>
        <source>Start trains the network on screen on the data set beside it. If the first layer does not fit the data, it offers to resize the layers first. The curves appear below.</source>
        <translation>„Starten“ trainiert das gezeigte Netz auf dem Datensatz daneben. Passt die erste Schicht nicht zu den Daten, wird angeboten, zuerst die Größe der Schichten zu ändern. Die Kurven erscheinen unten.</translation>
    </message>
    <message>
        <source>Start, pause or resume all</source>
        <translation>Alle starten, anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>Stoppen und schließen</translation>
    </message>
    <message>
        <source>The language changes at the next start.</source>
        <translation>Die Sprache ändert sich beim nächsten Start.</translation>
    </message>
    <message>
        <source>The network of the run at this moment becomes the working network: the run goes on without it, and Start trains it</source>
        <translation>Das Netz des Laufs in diesem Moment wird zum Arbeitsnetz: Der Lauf geht ohne es weiter, und „Starten“ trainiert es</translation>
    </message>
    <message>
        <source>The random network (Erdős–Rényi) of the same layers and links</source>
        <translation>Das Zufallsnetz (Erdős–Rényi) mit gleichen Schichten und gleich vielen Verbindungen</translation>
    </message>
    <message>
        <source>There is no unsaved work from an earlier start.</source>
        <translation>Es gibt keine nicht gesicherte Arbeit von einem früheren Start.</translation>
    </message>
    <message>
        <source>There were no messages so far.</source>
        <translation>Bisher gab es keine Meldungen.</translation>
    </message>
    <message>
        <source>This network has no command line; save it or the session.</source>
        <translation>Dieses Netz hat keine Befehlszeile; speichern Sie es oder die Sitzung.</translation>
    </message>
    <message>
        <source>Train it</source>
        <translation>Es trainieren</translation>
    </message>
    <message>
        <source>Train under Several &amp;Rules …</source>
        <translation>Unter mehreren &amp;Regeln trainieren …</translation>
    </message>
    <message>
        <source>Training is not finished</source>
        <translation>Das Training ist nicht beendet</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo &amp;History</source>
        <translation>&amp;Verlauf</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Unbenannt</translation>
    </message>
    <message>
        <source>Which matrices of the file are the layers, and in which order</source>
        <translation>Welche Matrizen der Datei die Schichten sind und in welcher Reihenfolge</translation>
    </message>
    <message>
        <source>Your own arrangement, as it was when you left it for one of the others</source>
        <translation>Ihre eigene Anordnung, so wie Sie sie für eine der anderen verlassen haben</translation>
    </message>
    <message>
        <source>Zoom about the pointer</source>
        <translation>Um den Zeiger vergrößern</translation>
    </message>
    <message>
        <source>click; with Ctrl or Shift, several</source>
        <translation>Klick; mit Strg oder Umschalt mehrere</translation>
    </message>
    <message>
        <source>double-click</source>
        <translation>Doppelklick</translation>
    </message>
    <message>
        <source>double-click on the title</source>
        <translation>Doppelklick auf den Titel</translation>
    </message>
    <message>
        <source>drag</source>
        <translation>ziehen</translation>
    </message>
    <message>
        <source>wheel</source>
        <translation>Rad</translation>
    </message>
    <message>
        <source>“%1” is still training and has no run folder to continue from: its weights would be lost.</source>
        <translation>„%1“ trainiert noch und hat keinen Laufordner, um fortgesetzt zu werden: Die Gewichte gingen verloren.</translation>
    </message>
    <message>
        <source>”, “</source>
        <comment>between two names</comment>
        <translation>“, „</translation>
    </message>
    <message>
        <source>Open Run Folder</source>
        <translation>Ordner eines Laufs öffnen</translation>
    </message>
    <message>
        <source>&amp;Watch a Search …</source>
        <translation>Eine S&amp;uche beobachten …</translation>
    </message>
    <message>
        <source>Watch a Search</source>
        <translation>Eine Suche beobachten</translation>
    </message>
    <message>
        <source>Open the folder of dnm search, also while its workers fill it, here or on a cluster</source>
        <translation>Den Ordner von dnm search öffnen, auch während seine Arbeiter ihn füllen, hier oder auf einem Cluster</translation>
    </message>
    <message>
        <source>Earliest state that is kept</source>
        <translation>Frühester erhaltener Zustand</translation>
    </message>
</context>
<context>
    <name>dnm::Words</name>
    <message>
        <source>%1 groups of runs</source>
        <translation>%1 Gruppen von Läufen</translation>
    </message>
    <message>
        <source>%1 holds no matrices to choose from.</source>
        <translation>%1 enthält keine Matrizen zur Auswahl.</translation>
    </message>
    <message>
        <source>%1 over the epochs</source>
        <translation>%1 über den Epochen</translation>
    </message>
    <message>
        <source>%1 panel</source>
        <translation>Bereich %1</translation>
    </message>
    <message>
        <source>1 group of runs</source>
        <translation>1 Gruppe von Läufen</translation>
    </message>
    <message>
        <source>A click makes it the working network</source>
        <translation>Ein Klick macht es zum Arbeitsnetz</translation>
    </message>
    <message>
        <source>How to</source>
        <translation>Anleitungen</translation>
    </message>
    <message>
        <source>In brackets: the difference from %1</source>
        <translation>In Klammern: der Unterschied zu %1</translation>
    </message>
    <message>
        <source>Looking into %1</source>
        <translation>Durchsuchen von %1</translation>
    </message>
    <message>
        <source>Methods</source>
        <translation>Methoden</translation>
    </message>
    <message>
        <source>Search: %1 &gt; 2</source>
        <translation>Suche: %1 &gt; 2</translation>
    </message>
    <message>
        <source>Sessions (*.dnm.json)</source>
        <translation>Sitzungen (*.dnm.json)</translation>
    </message>
    <message>
        <source>Stored as inputs × outputs: %1.</source>
        <translation>Gespeichert als Eingänge × Ausgänge: %1.</translation>
    </message>
    <message>
        <source>The file was changed since</source>
        <translation>Die Datei wurde seither geändert</translation>
    </message>
    <message>
        <source>The links of this run are not kept; save the network.</source>
        <translation>Die Verbindungen dieses Laufs werden nicht aufbewahrt; speichern Sie das Netz.</translation>
    </message>
    <message>
        <source>The network comes from %1.</source>
        <translation>Das Netz kommt aus %1.</translation>
    </message>
    <message>
        <source>The network is that of the &lt;b&gt;run with seed %1&lt;/b&gt;%2 %3.</source>
        <translation>Das Netz ist das des &lt;b&gt;Laufs mit Startwert %1&lt;/b&gt;%2 %3.</translation>
    </message>
    <message>
        <source>The network of %1 cannot be read.</source>
        <translation>Das Netz aus %1 kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The network of the &lt;b&gt;run with seed %1&lt;/b&gt;%2 %3 cannot be read.</source>
        <translation>Das Netz des &lt;b&gt;Laufs mit Startwert %1&lt;/b&gt;%2 %3 kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The others are compared with it</source>
        <translation>Die anderen werden damit verglichen</translation>
    </message>
    <message>
        <source>The working network is that of the &lt;b&gt;run with seed %1&lt;/b&gt;%2 %3.</source>
        <translation>Das Arbeitsnetz ist das des &lt;b&gt;Laufs mit Startwert %1&lt;/b&gt;%2 %3.</translation>
    </message>
    <message>
        <source>They do not make a chain: %1.</source>
        <translation>Sie bilden keine Kette: %1.</translation>
    </message>
    <message>
        <source>They make the network %1.</source>
        <translation>Sie bilden das Netz %1.</translation>
    </message>
    <message>
        <source>Tick the matrices that are the layers.</source>
        <translation>Kreuzen Sie die Matrizen an, die die Schichten sind.</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Unbenannt</translation>
    </message>
    <message>
        <source>Using it</source>
        <translation>Benutzung</translation>
    </message>
    <message>
        <source>Wrote %1.</source>
        <translation>%1 geschrieben.</translation>
    </message>
    <message>
        <source>after %1 of its links</source>
        <translation>nach %1 seiner Verbindungen</translation>
    </message>
    <message>
        <source>as it began</source>
        <translation>wie er begann</translation>
    </message>
    <message>
        <source>change of %1</source>
        <translation>Änderung (%1)</translation>
    </message>
    <message>
        <source>change of the copies</source>
        <translation>Änderung der Kopien</translation>
    </message>
    <message>
        <source>change of what is measured</source>
        <translation>Änderung dessen, was gemessen wird</translation>
    </message>
    <message>
        <source>comparison with update %1</source>
        <translation>Vergleich mit Update %1</translation>
    </message>
    <message>
        <source>draw from the model</source>
        <translation>Ziehen aus dem Modell</translation>
    </message>
    <message>
        <source>embedding by %1</source>
        <translation>Einbettung mit %1</translation>
    </message>
    <message>
        <source>figure</source>
        <translation>Abbildung</translation>
    </message>
    <message>
        <source>may not be read</source>
        <translation>darf nicht gelesen werden</translation>
    </message>
    <message>
        <source>name of a pin</source>
        <translation>Name eines angehefteten Netzes</translation>
    </message>
    <message>
        <source>network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>new seed</source>
        <translation>Neuer Startwert</translation>
    </message>
    <message>
        <source>not there any more</source>
        <translation>nicht mehr da</translation>
    </message>
    <message>
        <source>opening of %1</source>
        <translation>Öffnen von %1</translation>
    </message>
    <message>
        <source>order of the pins</source>
        <translation>Reihenfolge der angehefteten Netze</translation>
    </message>
    <message>
        <source>picture of the pins</source>
        <translation>Bild der angehefteten Netze</translation>
    </message>
    <message>
        <source>pinning</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>pinning of a random network</source>
        <translation>Anheften eines Zufallsnetzes</translation>
    </message>
    <message>
        <source>point of the sweep: %1</source>
        <translation>Punkt des Sweeps: %1</translation>
    </message>
    <message>
        <source>preset %1</source>
        <translation>Vorlage %1</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>Bezug</translation>
    </message>
    <message>
        <source>reference %1</source>
        <translation>Bezug %1</translation>
    </message>
    <message>
        <source>removal of %1</source>
        <translation>Entfernen von %1</translation>
    </message>
    <message>
        <source>resize of the layers to the data</source>
        <translation>Anpassung der Schichten an die Daten</translation>
    </message>
    <message>
        <source>return to the network that the run began with</source>
        <translation>Rückkehr zum Netz, mit dem der Lauf begann</translation>
    </message>
    <message>
        <source>return to the settings of “%1”</source>
        <translation>Rückkehr zu den Einstellungen von „%1“</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message>
        <source>session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>showing of %1</source>
        <translation>Zeigen von %1</translation>
    </message>
    <message>
        <source>showing of update %1</source>
        <translation>Zeigen von Update %1</translation>
    </message>
    <message>
        <source>use of %1</source>
        <translation>Verwenden von %1</translation>
    </message>
    <message>
        <source>use of the network %1</source>
        <translation>Verwenden des Netzes %1</translation>
    </message>
    <message>
        <source>use of the network after %1</source>
        <translation>Verwenden des Netzes nach %1</translation>
    </message>
    <message>
        <source>● It is the working network</source>
        <translation>● Es ist das Arbeitsnetz</translation>
    </message>
    <message>
        <source>setting of trial %1</source>
        <translation>Einstellung von Versuch %1</translation>
    </message>
</context>
</TS>
