package espalier.core.language;

import espalier.core.recurrent.WordNetwork;
import espalier.core.train.Feeder;
import espalier.kernels.spi.HostData;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A text cut into as many streams as a batch has rows, read side by side in windows. Each window
 * goes on where the one before it ended, and the first of a pass begins afresh.
 */
final class TextWindows implements Feeder {
  private final int[] text;
  private final int streams;
  private final int window;
  private final int length;
  private final int steps;

  private TextWindows(int[] text, int streams, int window, int length, int steps) {
    this.text = text;
    this.streams = streams;
    this.window = window;
    this.length = length;
    this.steps = steps;
  }

  /** Whole windows only: the end of each stream that fills none is left out. */
  static TextWindows training(int[] text, int streams, int window) {
    int steps = steps(text.length, streams, window);
    if (steps == 0) {
      throw new IllegalArgumentException(
          "language: %d words fill no window of %d in each of %d streams; use fewer or shorter ones"
              .formatted(text.length, window, streams));
    }
    return new TextWindows(text, streams, window, (text.length - 1) / streams, steps);
  }

  /** How many windows the streams of a text fill. */
  static int steps(int words, int streams, int window) {
    return (words - 1) / streams / window;
  }

  /** Every word but the first is told once; what is left of the last windows does not count. */
  static TextWindows evaluation(int[] text, int streams, int window) {
    int length = Math.ceilDiv(text.length - 1, streams);
    return new TextWindows(text, streams, window, length, Math.ceilDiv(length, window));
  }

  @Override
  public int stepsPerEpoch() {
    return steps;
  }

  @Override
  public int rows(long step) {
    return streams;
  }

  @Override
  public Map<String, HostData> feeds(long step) {
    int start = (int) (step % steps) * window;
    int[] words = new int[streams * window];
    int[] next = new int[streams * window];
    Arrays.fill(next, NextWord.NO_WORD);
    for (int stream = 0; stream < streams; stream++) {
      int from = stream * length;
      int end = Math.min(Math.min(start + window, length), text.length - 1 - from);
      for (int i = start; i < end; i++) {
        words[stream * window + i - start] = text[from + i];
        next[stream * window + i - start] = text[from + i + 1];
      }
    }
    Map<String, HostData> feeds = new LinkedHashMap<>();
    feeds.put(NextWord.WORDS, HostData.of(words));
    feeds.put(NextWord.NEXT_WORDS, HostData.of(next));
    feeds.put(WordNetwork.CARRIED, HostData.of(start == 0 ? 0f : 1f));
    return feeds;
  }
}
