package espalier.recurrent;

import java.util.List;

/** Recurrent cells as their authors print them. */
final class PublishedCells {
  static final String DARTS_V1 =
      "Genotype(recurrent=[('relu', 0), ('relu', 1), ('tanh', 2), ('relu', 3), ('relu', 4),"
          + " ('identity', 1), ('relu', 5), ('relu', 1)], concat=range(1, 9))";
  static final String DARTS_V2 =
      "Genotype(recurrent=[('sigmoid', 0), ('relu', 1), ('relu', 1), ('identity', 1), ('tanh', 2),"
          + " ('sigmoid', 5), ('tanh', 3), ('relu', 5)], concat=range(1, 9))";
  static final String ENAS =
      "Genotype(recurrent=[('tanh', 0), ('tanh', 1), ('relu', 1), ('tanh', 3), ('tanh', 3),"
          + " ('relu', 3), ('relu', 4), ('relu', 7), ('relu', 8), ('relu', 8), ('relu', 8)],"
          + " concat=[2, 5, 6, 9, 10, 11])";
  static final List<String> ALL = List.of(DARTS_V1, DARTS_V2, ENAS);

  private PublishedCells() {}
}
