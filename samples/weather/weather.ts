// An SHT3x at the I2C address 0x44: its temperature and humidity as gauges, its failures as a counter.
import * as pico from "../../sdk/assemblyscript/pico";

const ADDRESS: i32 = 0x44;
const PERIOD_MS: i32 = 5000;

// Once, with high repeatability and without clock stretching: it takes 15 ms, and answers two numbers of 16 bits, each with its checksum.
const MEASURE = memory.data<u8>([0x24, 0x00]);
const MEASURE_MS: i32 = 20;
const ANSWER_BYTES: i32 = 6;
const answer = memory.data(ANSWER_BYTES);

let isWell = false;

// What the pod's readiness probe asks: 0 is well.
export function ready(): i32 {
  return isWell ? 0 : 1;
}

// Sensirion's CRC-8: polynomial 0x31, begun with 0xFF.
function crc(at: usize, bytes: i32): u8 {
  let sum: u8 = 0xff;
  for (let i = 0; i < bytes; i++) {
    sum ^= load<u8>(at + i);
    for (let bit = 0; bit < 8; bit++) {
      sum = sum & 0x80 ? (sum << 1) ^ 0x31 : sum << 1;
    }
  }
  return sum;
}

// Big-endian; the data sheet's formulas make quantities of it. -1 where the checksum is wrong.
function number(at: usize): i32 {
  return crc(at, 2) == load<u8>(at + 2) ? <i32>bswap<u16>(load<u16>(at)) : -1;
}

function measure(): bool {
  if (pico.i2cTransfer(ADDRESS, MEASURE, 2, 0, 0) != 0) return false;
  pico.sleepMs(MEASURE_MS);
  if (pico.i2cTransfer(ADDRESS, 0, 0, answer, ANSWER_BYTES) != 0) return false;
  const temperature = number(answer);
  const humidity = number(answer + 3);
  if (temperature < 0 || humidity < 0) return false;
  pico.gaugeSet("temperature_celsius", <i64>temperature * 175000 / 65535 - 45000);
  pico.gaugeSet("humidity_ratio", <i64>humidity * 1000 / 65535);
  return true;
}

export function _start(): void {
  let isFirst = true;
  pico.counterAdd("sensor_failures", 0);
  while (!pico.stopRequested()) {
    const wasWell = isWell;
    isWell = measure();
    if (!isWell) pico.counterAdd("sensor_failures", 1000);
    if (isWell != wasWell || isFirst) pico.log(isWell ? "measuring" : "the sensor at 0x44 fails");
    isFirst = false;
    pico.sleepMs(PERIOD_MS);
  }
}
