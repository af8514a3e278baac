package espalier.model;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.io.Image;
import espalier.core.nn.Model;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One model, many callers. */
class ConcurrentModelTest {
  private static final int THREADS = 16;
  private static final int ROUNDS = 4;

  @ParameterizedTest
  @MethodSource("espalier.model.SmallClassifier#backends")
  @Timeout(120)
  void sixteenThreadsWithBatchesOf1And64GetTheBitsThatOneThreadGets(String name) throws Exception {
    List<Image> images = SmallClassifier.images(64);
    try (Backend backend = Backends.open(name, BackendOptions.threads(2));
        Model model = SmallClassifier.trained(backend).model(backend);
        var threads = Executors.newFixedThreadPool(THREADS)) {
      List<float[]> wanted = model.logits(images);
      CountDownLatch ready = new CountDownLatch(THREADS);
      List<Future<Integer>> compared = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int thread = t;
        compared.add(
            threads.submit(() -> {
              ready.countDown();
              ready.await();
              int rows = 0;
              for (int round = 0; round < ROUNDS; round++) {
                boolean all = (thread + round) % 2 == 0;
                int first = all ? 0 : (thread * ROUNDS + round) % images.size();
                List<Image> batch = all ? images : images.subList(first, first + 1);
                List<float[]> found = model.logits(batch);
                for (int row = 0; row < batch.size(); row++) {
                  assertThat(found.get(row)).isEqualTo(wanted.get(first + row));
                  rows++;
                }
              }
              return rows;
            }));
      }
      int rows = 0;
      for (Future<Integer> future : compared) {
        rows += future.get();
      }
      assertThat(rows).isEqualTo(THREADS * ROUNDS / 2 * (1 + images.size()));
    }
  }
}
