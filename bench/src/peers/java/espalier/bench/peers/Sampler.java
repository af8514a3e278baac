package espalier.bench.peers;

import espalier.bench.Job;
import java.util.ArrayList;
import java.util.List;

/** Times the runs of a job. */
final class Sampler {
  private static final double SAMPLE_SECONDS = 0.01;

  /** Seconds after which the compiler is asked what it did. */
  private static final double WINDOW_SECONDS = 0.5;

  /** Processors it may keep busy when a job counts as warm. */
  private static final double IDLE = 0.1;

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

  /**
   * Runs the job until the compiler has little left to do for it, and decides how many runs make a
   * sample that a clock can time.
   *
   * @param leastRuns runs, at least: what one asks the compiler for, only a later one has
   * @param least seconds, at least
   * @param most seconds, at most but for the last run
   */
  Sampler warm(int leastRuns, double least, double most) {
    int done = 0;
    double spent = 0;
    double compiling = 1;
    while (done < leastRuns || spent < least || (spent < most && compiling > IDLE)) {
      CompilerTime compiler = new CompilerTime();
      double window = 0;
      while (window < WINDOW_SECONDS) {
        last = seconds(job, 1);
        window += last;
        done++;
      }
      compiling = compiler.processors();
      spent += window;
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

  /** Seconds of the last run, or of the mean one of the last sample. */
  double last() {
    return last;
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
