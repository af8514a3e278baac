package espalier.core.io;

import java.util.Collection;
import java.util.Comparator;

/** Finds the known name that a misspelt one was meant to be. */
public final class NearestName {
  private NearestName() {}

  /**
   * The known name that the fewest letters inserted, removed or replaced make out of {@code name};
   * of equally near ones the first.
   *
   * @param known at least one name
   */
  public static String of(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .orElseThrow(() -> new IllegalArgumentException("no names are known"));
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
