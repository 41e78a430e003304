#!/usr/bin/env python3
"""Draws what a terminal shows as an SVG: tmux capture-pane -e -p | terminal-to-svg.py COLUMNS > picture.svg"""
import html
import re
import sys

CELL_WIDTH, CELL_HEIGHT, FONT_SIZE, MARGIN = 8.4, 18, 14, 14
BACKGROUND, FOREGROUND = "#11161c", "#d0d7de"
BASIC = ["#484f58", "#ff7b72", "#3fb950", "#d29922", "#58a6ff", "#bc8cff", "#39c5cf", "#b1bac4",
         "#848d97", "#ffa198", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#ffffff"]

# Borders are drawn as lines: fonts leave gaps between them. Each arm goes from the cell's middle to an edge.
ARMS = {"─": "lr", "│": "tb", "╭": "rb", "╮": "lb", "╰": "rt", "╯": "lt"}


def color_of(index):
    """The colour of a number of the 256-colour palette."""
    if index < 16:
        return BASIC[index]
    if index >= 232:
        return "#" + "%02x" % (8 + (index - 232) * 10) * 3
    levels = [0, 95, 135, 175, 215, 255]
    index -= 16
    return "#%02x%02x%02x" % (levels[index // 36], levels[index // 6 % 6], levels[index % 6])


def apply(codes, style):
    """What a sequence of SGR codes makes of a style (colour, bold)."""
    color, bold = style
    codes = [int(code or 0) for code in codes.split(";")]
    while codes:
        code = codes.pop(0)
        if code == 0:
            color, bold = FOREGROUND, False
        elif code in (1, 22):
            bold = code == 1
        elif code == 39:
            color = FOREGROUND
        elif 30 <= code <= 37 or 90 <= code <= 97:
            color = BASIC[code - 30 if code < 40 else code - 82]
        elif code == 38 and codes.pop(0) == 5:
            color = color_of(codes.pop(0))
        elif code == 38:
            color = "#%02x%02x%02x" % tuple(codes.pop(0) for _ in range(3))
    return color, bold


def draw_line(row, line, style, out):
    """Draws one line and returns the style that the next begins with."""
    column = 0
    for codes, text in re.findall(r"\x1b\[([\d;]*)m|([^\x1b]+)", line):
        if not text:
            style = apply(codes, style)
        for piece in re.findall(r"─+|[│╭╮╰╯]|  +|(?:[^─│╭╮╰╯ ]| (?! ))+", text):
            draw_piece(row, column, piece, style, out)
            column += len(piece)
    return style


def draw_piece(row, column, piece, style, out):
    x, y = MARGIN + column * CELL_WIDTH, MARGIN + row * CELL_HEIGHT
    middle_x, middle_y = x + CELL_WIDTH / 2, y + CELL_HEIGHT / 2
    if piece[0] in ARMS:
        ends = {"l": (x, middle_y), "r": (x + len(piece) * CELL_WIDTH, middle_y), "t": (middle_x, y), "b": (middle_x, y + CELL_HEIGHT)}
        (x1, y1), (x2, y2) = (ends[arm] for arm in ARMS[piece[0]])
        out.append(f'<path d="M{x1:.1f} {y1:.1f}Q{middle_x:.1f} {middle_y:.1f} {x2:.1f} {y2:.1f}" stroke="{style[0]}" fill="none"/>')
    elif piece.strip():
        weight = ' font-weight="bold"' if style[1] else ""
        x += (len(piece) - len(piece.lstrip())) * CELL_WIDTH
        piece = piece.strip()
        out.append(f'<text x="{x:.1f}" y="{y + FONT_SIZE:.1f}" textLength="{len(piece) * CELL_WIDTH:.1f}" fill="{style[0]}"{weight}>{html.escape(piece)}</text>')


def main():
    columns = int(sys.argv[1])
    lines = sys.stdin.read().rstrip("\n").split("\n")
    width, height = columns * CELL_WIDTH + 2 * MARGIN, len(lines) * CELL_HEIGHT + 2 * MARGIN
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" height="{height}" '
           f'font-family="ui-monospace,Menlo,Consolas,\'DejaVu Sans Mono\',monospace" font-size="{FONT_SIZE}">',
           f'<rect width="100%" height="100%" rx="8" fill="{BACKGROUND}"/>']
    style = (FOREGROUND, False)
    for row, line in enumerate(lines):
        style = draw_line(row, line, style, out)
    print("\n".join(out + ["</svg>"]))


main()
