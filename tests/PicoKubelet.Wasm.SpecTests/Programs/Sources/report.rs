// Rust with its standard library on WASI: formatting, collections, a trait object, a panic that was asked for.
use std::collections::BTreeMap;

trait Shape {
    fn area(&self) -> f64;
}

struct Square(f64);
struct Circle(f64);

impl Shape for Square {
    fn area(&self) -> f64 {
        self.0 * self.0
    }
}

impl Shape for Circle {
    fn area(&self) -> f64 {
        std::f64::consts::PI * self.0 * self.0
    }
}

fn main() {
    let shapes: Vec<Box<dyn Shape>> = vec![Box::new(Square(2.0)), Box::new(Circle(1.5))];
    let total: f64 = shapes.iter().map(|shape| shape.area()).sum();
    let mut counts = BTreeMap::new();
    for letter in "hello from rust".chars().filter(|letter| letter.is_alphabetic()) {
        *counts.entry(letter).or_insert(0u32) += 1;
    }

    println!("area {:.4}", total);
    println!("{:?}", counts);
    if std::env::args().count() > 1 {
        panic!("as asked");
    }
}
