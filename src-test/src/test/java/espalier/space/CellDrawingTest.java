package espalier.space;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.random.Philox;
import espalier.core.space.Cell;
import espalier.core.space.CellDrawing;
import espalier.core.space.DartsSpace;
import espalier.core.space.GenotypeNotation;
import espalier.core.space.Nb201Space;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Drawings are well-formed, complete, repeatable, and nothing in them lies on anything else. */
final class CellDrawingTest {

  private record Box(double left, double top, double right, double bottom) {
    boolean overlaps(Box other) {
      return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
  }

  private static Stream<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (int trial = 0; trial < 40; trial++) {
      Philox random = Philox.of(8, "drawing").trial(trial);
      cells.add(DartsSpace.cifar().sample(random).normal());
      cells.add(Nb201Space.standard().sample(random));
    }
    cells.add(PublishedGenotypes.NASNET.normal());
    cells.add(PublishedGenotypes.NASNET.reduce());
    return cells.stream();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void everyStateAndOperationHasAPlaceOfItsOwnWithinThePicture(Cell cell) throws Exception {
    Document svg = parse(CellDrawing.svg("cell", cell));
    List<String> texts = texts(svg);
    int edges = cell.nodes().stream().mapToInt(List::size).sum();
    assertThat(texts).hasSize(cell.states() + edges + 1).contains("output");
    cell.nodes()
        .forEach(into -> into.forEach(e -> assertThat(texts).contains(e.operation().label())));
    Element root = svg.getDocumentElement();
    Box picture = new Box(0, 0, number(root, "width"), number(root, "height"));
    List<Box> boxes = boxes(svg);
    assertThat(boxes).hasSize(texts.size());
    for (int i = 0; i < boxes.size(); i++) {
      Box box = boxes.get(i);
      assertThat(box.left).isGreaterThanOrEqualTo(0);
      assertThat(box.top).isGreaterThanOrEqualTo(0);
      assertThat(box.right).isLessThanOrEqualTo(picture.right);
      assertThat(box.bottom).isLessThanOrEqualTo(picture.bottom);
      assertThat(boxes.subList(0, i)).noneMatch(box::overlaps);
    }
  }

  @Test
  void theSameCellGivesTheSameBytes() {
    Cell cell = PublishedGenotypes.DARTS_V2.normal();
    Cell again = GenotypeNotation.parse(PublishedGenotypes.DARTS_V2_TEXT).normal();
    assertThat(CellDrawing.svg("a", again)).isEqualTo(CellDrawing.svg("a", cell));
  }

  @Test
  void titlesAreEscaped() throws Exception {
    Document svg = parse(CellDrawing.svg("a < b & c", PublishedGenotypes.DARTS_V2.normal()));
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("a < b & c");
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<String> texts(Document svg) {
    return elements(svg, "text").stream().map(Element::getTextContent).toList();
  }

  private static List<Box> boxes(Document svg) {
    List<Box> boxes = new ArrayList<>();
    for (Element r : elements(svg, "rect")) {
      double x = number(r, "x");
      double y = number(r, "y");
      boxes.add(new Box(x, y, x + number(r, "width"), y + number(r, "height")));
    }
    for (Element c : elements(svg, "circle")) {
      double x = number(c, "cx");
      double y = number(c, "cy");
      double radius = number(c, "r");
      boxes.add(new Box(x - radius, y - radius, x + radius, y + radius));
    }
    return boxes;
  }

  private static List<Element> elements(Document svg, String name) {
    var nodes = svg.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }
}
