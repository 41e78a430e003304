// AssemblyScript: classes, generics and arrays on its own heap.
class Queue<T> {
  private items: Array<T> = new Array<T>();

  push(item: T): void {
    this.items.push(item);
  }

  pop(): T {
    return this.items.shift();
  }

  get length(): i32 {
    return this.items.length;
  }
}

// The n-th number that has no prime factors but 2, 3 and 5.
export function hamming(n: i32): i64 {
  const twos = new Queue<i64>();
  const threes = new Queue<i64>();
  const fives = new Queue<i64>();
  let next: i64 = 1;
  let two: i64 = 2;
  let three: i64 = 3;
  let five: i64 = 5;
  for (let i = 1; i < n; i++) {
    twos.push(next * 2);
    threes.push(next * 3);
    fives.push(next * 5);
    if (i == 1) {
      two = twos.pop();
      three = threes.pop();
      five = fives.pop();
    }

    next = min(two, min(three, five));
    if (next == two) two = twos.pop();
    if (next == three) three = threes.pop();
    if (next == five) five = fives.pop();
  }

  return next;
}

export function mean(count: i32): f64 {
  const numbers = new Float64Array(count);
  for (let i = 0; i < count; i++) numbers[i] = Math.sqrt(<f64>i);
  let sum = 0.0;
  for (let i = 0; i < count; i++) sum += numbers[i];
  return sum / count;
}

export function outside(): i32 {
  const numbers = new Array<i32>(3);
  return numbers[3];
}
