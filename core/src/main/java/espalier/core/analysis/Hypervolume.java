package espalier.core.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The volume that points dominate above a reference point, every objective maximised: the measure
 * of a whole front [Zitzler and Thiele 1999].
 */
public final class Hypervolume {
  /*
   * A point adds the box between it and the reference, less what the others dominate within that box
   * [While, Bradstreet, Barone: A fast way of calculating exact hypervolumes, 2012]. Points better in
   * the last objective first: the limited sets become equal in it and shrink to few points.
   */
  private Hypervolume() {}

  /** The volume; points that are not above the reference in every objective add nothing. */
  public static double of(List<double[]> points, double... reference) {
    for (double[] point : points) {
      if (point.length != reference.length) {
        throw new IllegalArgumentException(
            "hypervolume: a point of %d objectives, the reference has %d"
                .formatted(point.length, reference.length));
      }
    }
    return volume(front(points), reference);
  }

  private static List<double[]> front(List<double[]> points) {
    return ParetoFront.of(points).stream().map(points::get).toList();
  }

  private static double volume(List<double[]> front, double[] reference) {
    if (reference.length == 2) {
      return area(front, reference);
    }
    int last = reference.length - 1;
    List<double[]> order = new ArrayList<>(front);
    order.sort(Comparator.comparingDouble(point -> point[last]));
    double volume = 0;
    for (int i = 0; i < order.size(); i++) {
      double[] point = order.get(i);
      List<double[]> limited =
          order.subList(i + 1, order.size()).stream().map(other -> least(other, point)).toList();
      volume += box(point, reference) - volume(front(limited), reference);
    }
    return volume;
  }

  /** In two objectives: a stair, whose steps come from the largest first objective to the least. */
  private static double area(List<double[]> front, double[] reference) {
    double area = 0;
    double height = reference[1];
    for (double[] point : front) {
      if (point[0] > reference[0] && point[1] > height) {
        area += (point[0] - reference[0]) * (point[1] - height);
        height = point[1];
      }
    }
    return area;
  }

  private static double box(double[] point, double[] reference) {
    double volume = 1;
    for (int i = 0; i < point.length; i++) {
      volume *= Math.max(0, point[i] - reference[i]);
    }
    return volume;
  }

  private static double[] least(double[] a, double[] b) {
    double[] least = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      least[i] = Math.min(a[i], b[i]);
    }
    return least;
  }
}
