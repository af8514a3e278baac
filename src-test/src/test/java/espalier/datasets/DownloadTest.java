package espalier.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import espalier.core.io.DataException;
import espalier.core.io.Sha256;
import espalier.datasets.Download.RemoteFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DownloadTest {
  private static final byte[] CONTENT = content();
  private static final RemoteFile FILE =
      new RemoteFile("images.gz", CONTENT.length, Sha256.of(CONTENT));

  @TempDir private Path folder;

  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private URI base;

  /** What the server does; each test puts its own here. */
  private volatile Answer answer = DownloadTest::whole;

  private interface Answer {
    void to(HttpExchange exchange, Optional<Integer> from) throws IOException;
  }

  private static byte[] content() {
    var bytes = new byte[300_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 + i / 256);
    }
    return bytes;
  }

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/data/",
        exchange -> {
          var range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"));
          ranges.add(range.orElse("all"));
          try (exchange) {
            answer.to(
                exchange,
                range.map(r -> Integer.parseInt(r.substring("bytes=".length(), r.length() - 1))));
          }
        });
    server.start();
    base = URI.create("http://127.0.0.1:%d/data".formatted(server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static void whole(HttpExchange exchange, Optional<Integer> from) throws IOException {
    send(exchange, from, CONTENT.length);
  }

  /** Answers with the bytes up to {@code to} and cuts the connection if more were announced. */
  private static void send(HttpExchange exchange, Optional<Integer> from, int to)
      throws IOException {
    int begin = from.orElse(0);
    if (from.isPresent()) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(begin, to - 1, CONTENT.length));
    }
    exchange.sendResponseHeaders(from.isPresent() ? 206 : 200, CONTENT.length - begin);
    exchange.getResponseBody().write(CONTENT, begin, to - begin);
    exchange.getResponseBody().flush();
  }

  private void fetch() {
    new Download(base).fetch(List.of(FILE), folder, (file, done) -> {});
  }

  private void assertFetched() throws IOException {
    assertThat(folder.resolve(FILE.name())).hasBinaryContent(CONTENT);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aFileIsFetchedOnceAndProgressIsTold() throws IOException {
    List<Long> told = new ArrayList<>();
    new Download(base).fetch(List.of(FILE), folder, (file, done) -> told.add(done));
    assertFetched();
    assertThat(told).isSorted().endsWith(FILE.bytes());
    told.clear();
    new Download(base).fetch(List.of(FILE), folder, (file, done) -> told.add(done));
    assertThat(told).containsExactly(FILE.bytes());
    assertThat(ranges).containsExactly("all");
  }

  @Test
  void aCutConnectionIsTakenUpWhereItEnded() throws IOException {
    answer = (exchange, from) -> send(exchange, from, Math.min(from.orElse(0) + 99_999, 300_000));
    fetch();
    assertFetched();
    assertThat(ranges).startsWith("all").hasSizeGreaterThan(2).doesNotHaveDuplicates();
  }

  @Test
  void aLaterRunGoesOnFromWhatAnEarlierOneLeft() throws IOException {
    Files.write(folder.resolve(FILE.name() + ".partial"), Arrays.copyOf(CONTENT, 123_456));
    fetch();
    assertFetched();
    assertThat(ranges).containsExactly("bytes=123456-");
  }

  @Test
  void aServerWithoutRangesSendsEverythingAgain() throws IOException {
    Files.write(folder.resolve(FILE.name() + ".partial"), new byte[5000]);
    answer = (exchange, from) -> whole(exchange, Optional.empty());
    fetch();
    assertFetched();
  }

  @Test
  void aPartialFileOfAnotherVersionIsThrownAway() throws IOException {
    Files.write(folder.resolve(FILE.name() + ".partial"), new byte[5000]);
    refuses("has the checksum ", "the publisher's file " + FILE.sha256());
    assertThat(folder).isEmptyDirectory();
    fetch();
    assertFetched();
  }

  @Test
  void anUnsatisfiableRangeBeginsAnew() throws IOException {
    Files.write(folder.resolve(FILE.name() + ".partial"), new byte[5000]);
    answer =
        (exchange, from) -> {
          if (from.isPresent()) {
            exchange.sendResponseHeaders(416, -1);
          } else {
            whole(exchange, from);
          }
        };
    fetch();
    assertFetched();
  }

  @Test
  void aWrongFileUnderTheNameIsReplaced() throws IOException {
    Files.write(folder.resolve(FILE.name()), new byte[3]);
    fetch();
    assertFetched();
  }

  @Test
  void aWrongChecksumIsRefusedAndLeavesNothing() {
    answer =
        (exchange, from) -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(new byte[CONTENT.length]);
        };
    refuses("has the checksum ", "; try again or use another address");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aLongerFileIsRefused() {
    answer =
        (exchange, from) -> {
          exchange.sendResponseHeaders(200, 2L * CONTENT.length);
          exchange.getResponseBody().write(CONTENT);
          exchange.getResponseBody().write(CONTENT);
        };
    refuses("serves more than the 300000 bytes of the publisher's file; use another address");
  }

  @Test
  void aWrongAddressIsNamedAndNotTriedAgain() {
    answer = (exchange, from) -> exchange.sendResponseHeaders(404, -1);
    refuses("the server answered with status 404; check the address");
    assertThat(ranges).hasSize(1);
  }

  @Test
  void aWrongRangeIsRefused() throws IOException {
    Files.write(folder.resolve(FILE.name() + ".partial"), Arrays.copyOf(CONTENT, 1000));
    answer =
        (exchange, from) -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 500-299999/300000");
          exchange.sendResponseHeaders(206, 1);
          exchange.getResponseBody().write(1);
        };
    refuses("asked for bytes from 1000, answered with the range bytes 500-299999/300000");
    assertThat(folder.resolve(FILE.name() + ".partial")).hasSize(1000);
  }

  @Test
  void aServerThatKeepsFailingIsGivenUpAndWhatArrivedIsKept() throws IOException {
    answer =
        (exchange, from) -> {
          if (from.isPresent()) {
            exchange.sendResponseHeaders(503, -1);
          } else {
            send(exchange, from, 200_000);
          }
        };
    refuses("of 300000 bytes arrived (status 503); run it again to go on from there");
    assertThat(ranges).hasSize(4);
    long kept = Files.size(folder.resolve(FILE.name() + ".partial"));
    assertThat(kept).isPositive();
    answer = DownloadTest::whole;
    fetch();
    assertFetched();
    assertThat(ranges).endsWith("bytes=%d-".formatted(kept));
  }

  @Test
  void anAbsentServerIsNamed() {
    server.stop(0);
    refuses("0 of 300000 bytes arrived (");
  }

  private void refuses(String... parts) {
    assertThatThrownBy(this::fetch)
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(base + "/images.gz: ")
        .hasMessageContainingAll(parts);
    assertThat(folder.resolve(FILE.name())).doesNotExist();
  }
}
