package espalier.core.search;

import java.util.Map;

/**
 * How the variables of one candidate's network come from those of another's. A value: two that do
 * the same are equal.
 */
@FunctionalInterface
public interface Inheritance {

  /**
   * The variables of the heir, trainable ones and running statistics.
   *
   * @param parent those of the other network by name, which may have others beside them
   */
  Map<String, float[]> inherit(Map<String, float[]> parent);
}
