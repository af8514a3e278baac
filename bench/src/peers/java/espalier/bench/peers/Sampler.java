package espalier.bench.peers;

import espalier.bench.Job;
import java.util.ArrayList;
import java.util.List;

/** Times the runs of a job. */
final class Sampler {
  private static final double SAMPLE_SECONDS = 0.01;

  private final Job job;
  private final List<Double> samples = new ArrayList<>();
  private int runs = 1;
  private double last;

  Sampler(Job job) {
    this.job = job;
  }

  /** Seconds of one run, as the mean of {@code runs}. */
  static double seconds(Job job, int runs) {
    long start = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      job.run();
    }
    return (System.nanoTime() - start) / 1e9 / runs;
  }

  /** Runs the job for a while, and decides how many runs make a sample that a clock can time. */
  Sampler warm(double seconds) {
    last = seconds(job, 1);
    for (double spent = last; spent < seconds; spent += last) {
      last = seconds(job, 1);
    }
    runs = Math.max(1, (int) Math.ceil(SAMPLE_SECONDS / last));
    return this;
  }

  /** Lets the last run before the samples count where it took longer than that. */
  Sampler countFrom(double seconds) {
    if (last > seconds) {
      samples.add(last);
    }
    return this;
  }

  /** Takes a sample and answers how many seconds that took. */
  double take() {
    last = seconds(job, runs);
    samples.add(last);
    return last * runs;
  }

  int count() {
    return samples.size();
  }

  /** The median of the samples. */
  double median() {
    List<Double> sorted = samples.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
