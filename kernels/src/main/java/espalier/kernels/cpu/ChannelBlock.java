package espalier.kernels.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntBiFunction;

/** Channels {@code from … from + channels − 1} and the tile that computes them. */
record ChannelBlock<T>(T tile, int from, int channels) {

  /**
   * Covers {@code channels} channels by the fewest blocks, each by the narrowest tile that will do.
   * Where fewer channels remain than that has, it reaches back over channels already covered.
   *
   * @param tiles for many channels first, the last for any number
   * @param taken how many of the channels left a tile takes; 0 where they are too few
   */
  static <T> List<ChannelBlock<T>> cover(
      int channels, List<T> tiles, ToIntBiFunction<T, Integer> taken) {
    List<T> usable = tiles.stream().filter(tile -> taken.applyAsInt(tile, channels) > 0).toList();
    int vectors = Math.max(1, usable.size() - 1); // the last, for any number, is the last resort
    List<T> candidates = usable.subList(0, vectors);
    List<ChannelBlock<T>> blocks = new ArrayList<>();
    for (int from = 0; from < channels; ) {
      int left = channels - from;
      T tile = candidates.getFirst();
      for (T candidate : candidates) {
        if (taken.applyAsInt(candidate, channels) >= left) {
          tile = candidate;
        }
      }
      int whole = taken.applyAsInt(tile, channels);
      int taking = taken.applyAsInt(tile, left);
      int start = taking == 0 ? channels - whole : from;
      blocks.add(new ChannelBlock<>(tile, start, taking == 0 ? whole : taking));
      from = start + blocks.getLast().channels();
    }
    return List.copyOf(blocks);
  }
}
