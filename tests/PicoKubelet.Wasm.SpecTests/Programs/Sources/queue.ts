// AssemblyScript: classes, generics and arrays on its own heap.
class Queue<T> {
  private items: Array<T> = new Array<T>();

  push(item: T): void {
    this.items.push(item);
  }

  pop(): T {
    return this.items.shift();
  }

  get first(): T {
    return this.items[0];
  }
}

// The n-th number that has no prime factors but 2, 3 and 5.
export function hamming(n: i32): i64 {
  const twos = new Queue<i64>();
  const threes = new Queue<i64>();
  const fives = new Queue<i64>();
  let next: i64 = 1;
  for (let i = 1; i < n; i++) {
    twos.push(next * 2);
    threes.push(next * 3);
    fives.push(next * 5);
    next = min(twos.first, min(threes.first, fives.first));
    if (next == twos.first) twos.pop();
    if (next == threes.first) threes.pop();
    if (next == fives.first) fives.pop();
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
