package dev.pollard.pass.locations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.pass.locations.LocationPacking.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LocationPackingTest {
  private static Place unpack(LocationPacking packing, long number) {
    long column = (number >> 1) & ((1L << packing.columnBits()) - 1);
    long line = (number >> (1 + packing.columnBits())) & ((1L << packing.lineBits()) - 1);
    long file = number >> (1 + packing.columnBits() + packing.lineBits());
    return new Place((int) file, line, column);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 24, 31, 32})
  void whatIsPackedComesOutAgain(int bits) {
    Random random = new Random(bits);
    List<Place> places =
        random
            .ints(500)
            .mapToObj(i ->
                new Place(Math.floorMod(i, 90), random.nextInt(1, 3000), random.nextInt(1, 120)))
            .toList();
    var packing = LocationPacking.of(places, bits).orElseThrow();
    assertThat(packing.width()).isLessThanOrEqualTo(bits);
    Set<Long> numbers = new HashSet<>();
    Set<Place> packed = new HashSet<>();
    for (Place place : places) {
      packing
          .pack(place)
          .ifPresent(number -> {
            assertThat(number).isOdd().isPositive().isLessThan(1L << bits);
            assertThat(unpack(packing, number)).isEqualTo(place);
            numbers.add(number);
            packed.add(place);
          });
    }
    assertThat(numbers).hasSameSizeAs(packed).isNotEmpty();
    if (bits >= 31) {
      assertThat(packed).hasSameSizeAs(new HashSet<>(places));
    }
  }

  @Test
  void takesTheNarrowestThatTakesMost() {
    var packing =
        LocationPacking.of(List.of(new Place(0, 3, 1), new Place(2, 7, 2)), 32).orElseThrow();
    assertThat(packing).isEqualTo(new LocationPacking(2, 3, 2));
  }

  @Test
  void leavesOutWhatIsFarAway() {
    Place near = new Place(0, 5, 5);
    Place far = new Place(0, 0xFFFF_FFFFL, 5);
    var packing = LocationPacking.of(List.of(near, far), 32).orElseThrow();
    assertThat(packing.pack(near)).isPresent();
    assertThat(packing.pack(far)).isEmpty();
  }

  @Test
  void nothingToTakeIsNoPacking() {
    assertThat(LocationPacking.of(List.of(), 32)).isEmpty();
    assertThat(LocationPacking.of(List.of(new Place(0, 1L << 31, 1)), 32)).isEmpty();
  }
}
