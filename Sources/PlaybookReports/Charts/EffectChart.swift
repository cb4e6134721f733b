import PlaybookResearch

/// What each value of a parameter comes to: the middle half and the median of the sets that have it.
struct EffectChart {
    /// Those of one parameter, in the order of its values.
    let effects: [MarginalEffect]
    let title: String
    let decimals: Int

    /// The picture.
    func picture(width: Int) -> Picture {
        let (left, right, top, height) = (56, 10, 24, 130)
        let bottom = top + height
        let name = effects.first?.parameter ?? ""
        var picture = Picture(
            "\(title) by \(name): the middle half of its sets and their median", width: width, height: bottom + 40)
        let known = effects.compactMap(\.quartiles).joined()
        let (least, most) = (min(0, known.min() ?? 0), max(0, known.max() ?? 0))
        let room = max(most - least, 1e-6) * 0.05
        let scale = Scale(least - room, most + room, from: bottom, to: top)
        picture.verticalAxis(scale, x: left, to: width - right, isSigned: true)
        picture.text(title, left, 12, .tick)
        let span = width - right - left
        var (boxes, medians) = (StrokePath(), StrokePath())
        let slot = max(1, span / max(1, effects.count))
        let half = max(1, min(14, slot / 2 - 2))
        func middle(_ place: Int) -> Int { left + (2 * place + 1) * span / (2 * effects.count) }
        for (place, effect) in effects.enumerated() {
            guard let quartiles = effect.quartiles else { continue }
            let x = middle(place)
            let (low, high) = (scale.place(quartiles[0]), scale.place(quartiles[2]))
            boxes.box(x - half, high, width: 2 * half, height: max(1, low - high))
            medians.move(to: x - half, scale.place(quartiles[1]))
            medians.horizontal(by: 2 * half)
        }
        picture.path(boxes, .quartile)
        picture.path(medians, .median)
        let widest = (effects.map { Picture.width(of: $0.value) }.max() ?? 0) + 8
        let every = max(1, (widest + slot - 1) / slot)
        for (place, effect) in effects.enumerated() where place % every == 0 {
            let half = Picture.width(of: effect.value) / 2
            picture.text(
                effect.value, min(max(middle(place), half), width - half), bottom + 16, .tick, .middle)
        }
        picture.text(name, left, bottom + 35, .heading)
        return picture
    }
}
