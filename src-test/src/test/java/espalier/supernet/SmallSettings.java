package espalier.supernet;

import espalier.core.data.Augmentation;
import espalier.core.supernet.BilevelSteps;
import espalier.core.supernet.DifferentiableSearch;
import espalier.core.train.Adam;
import espalier.core.train.Schedule;
import espalier.core.train.Sgd;

/** The published search with rates at which a few steps move something. */
final class SmallSettings {
  private SmallSettings() {}

  static DifferentiableSearch.Settings of(int batchSize, BilevelSteps.Order order) {
    return of(batchSize, order, new Schedule.Cosine(0.1, 0.01), 0.05);
  }

  static DifferentiableSearch.Settings of(
      int batchSize, BilevelSteps.Order order, Schedule weightSchedule, double architectureRate) {
    return new DifferentiableSearch.Settings(
        batchSize,
        Sgd.darts(),
        weightSchedule,
        5,
        Adam.architecture(),
        architectureRate,
        order,
        Augmentation.none());
  }
}
