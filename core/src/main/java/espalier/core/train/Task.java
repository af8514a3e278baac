package espalier.core.train;

import espalier.core.nn.FeedSpec;
import espalier.core.tensor.Tensor;
import java.util.List;

/**
 * What for a network is trained: what goes in, what it has to answer, what is minimised and what is
 * measured. The data to learn it from are {@link TaskData}.
 */
public interface Task {

  /** What a network takes in. */
  FeedSpec input();

  /** What its output is compared with. */
  FeedSpec target();

  /** How wide its output is: as many classes, words or values. */
  int outputs();

  /** What {@link #measure} tells, the metric that epochs and candidates are compared by first. */
  List<Metric> metrics();

  /** What a step lowers, a scalar. */
  Tensor loss(Tensor output, Tensor target, Recipe recipe);

  /** A measurement that has seen nothing. */
  Measure measure();
}
