/// What an element is, for the style sheet: the only class names there are.
enum Style: String, Sendable {
    // Pages.
    case wide, narrow, pair, figures, figure, value, interval, verdict, note, quiet, few, tag, scroll, sticky
    case number = "n"
    case trade = "t"
    case more = "m"
    case chart = "c"
    case gain = "g"
    case loss = "l"
    case tint1 = "t1"
    case tint2 = "t2"
    case tint3 = "t3"
    case tint4 = "t4"
    case tint5 = "t5"
    case foot, skip, empty, dates, first, strip, facts, contents, words, ring, map
    // Pictures.
    case axis = "ax"
    case grid = "gr"
    case zero = "ze"
    case tick = "ti"
    case end = "e"
    case middle = "mi"
    case heading = "h"
    case line = "ln"
    case other = "ot"
    case fall = "fl"
    case band = "ba"
    case dashed = "da"
    case ground = "gd"
    case dot = "wd"
    case cross = "ld"
    case wick = "wk"
    case rising = "up"
    case falling = "dn"
    case volume = "vo"
    case window = "wi"
    case entry = "en"
    case exit = "ex"
    case stop = "st"
    case target = "ta"
    case step = "sp"
    case halo = "ha"
    case value1 = "v1"
    case value2 = "v2"
    case value3 = "v3"
    case finer = "fi"
    case hatch = "ht"
    case cell = "ce"
    case plateau = "pl"
    case chosen = "cs"
    case quartile = "qu"
    case median = "me"
    case hollow = "ho"
    case outer = "f1"
    case inner = "f2"
    case actual = "ac"
    case count = "co"
}

/// Rules for how elements look. The program's own, so that nothing else can get into them.
struct StyleSheet: Sendable {
    /// The rules.
    let text: String

    private init(_ text: String) { self.text = text }

    /// Colours, in the light and the dark theme; printed pages are light.
    private static let colours =
        ":root{color-scheme:light dark;\(Theme.light.declarations)}"
        + "@media screen and (prefers-color-scheme:dark){:root{\(Theme.dark.declarations)}}"

    /// The same for a picture on its own.
    private static let pictureColours =
        "svg{\(Theme.light.declarations)}@media(prefers-color-scheme:dark){svg{\(Theme.dark.declarations)}}"

    private static let fonts =
        "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Inter,'Helvetica Neue','DejaVu Sans',sans-serif;"
        + "font-variant-numeric:tabular-nums"

    /// What pictures need, on a page or on their own.
    private static let pictures = """
        svg text{font-size:12px;fill:var(--n6)}svg .ti{fill:var(--n5)}svg .e{text-anchor:end}svg .mi{text-anchor:middle}
        svg .h{font-weight:600}svg path,svg line{fill:none;stroke:var(--n5)}
        svg .gr{stroke:var(--n2)}svg .ax{stroke:var(--n4)}svg .ze{stroke:var(--n6);stroke-width:1.5}
        svg .gr,svg .ze,svg .ln,svg .ot,svg .fl,svg .da,svg .ax{vector-effect:non-scaling-stroke}
        svg .ln{stroke:var(--a);stroke-width:1.5;stroke-linejoin:round}svg .ot{stroke:var(--n4);stroke-width:1.5}
        svg .da{stroke:var(--n5);stroke-dasharray:4 4}svg .ba{fill:var(--n1);stroke:none}svg .gd{fill:var(--n0);stroke:none}
        svg path.g,svg rect.g{fill:var(--g);stroke:none}svg path.l,svg rect.l{fill:var(--l);stroke:none}
        svg text.g{fill:var(--g)}svg text.l{fill:var(--l)}
        svg path.fl{fill:var(--l);fill-opacity:.18;stroke:var(--l)}
        svg path.wd{stroke:var(--g);stroke-width:12;stroke-linecap:round}
        svg path.ld{stroke:var(--l);stroke-width:3}svg .ring{fill:none;stroke:currentColor;stroke-width:2}
        """

    /// What session charts need.
    private static let sessions = """
        svg .wk{stroke:var(--n6);stroke-width:2}svg .dn{stroke:var(--n6)}
        svg .up{fill:var(--n0);stroke:var(--n6);stroke-width:1.6}
        svg .vo{fill:var(--n3);stroke:none}svg .wi{fill:var(--n1);stroke:none}
        svg .v1{stroke:var(--a);stroke-width:3}svg .v2{stroke:var(--n4);stroke-width:3;stroke-dasharray:10 6}
        svg .v3{stroke:var(--n4);stroke-width:2;stroke-dasharray:3 6}
        svg .st{stroke:var(--l);stroke-width:3}svg .ta{stroke:var(--g);stroke-width:3;stroke-dasharray:8 5}
        svg .sp{stroke:var(--n4);stroke-width:1.5;stroke-dasharray:2 4}
        svg .en{fill:var(--n7);stroke:var(--n0);stroke-width:2}svg .ex{fill:var(--n0);stroke:var(--n7);stroke-width:3}
        svg .ha{paint-order:stroke;stroke:var(--n0);stroke-width:3px;stroke-linejoin:round}
        svg .fi{stroke:var(--n6);stroke-width:1.5}
        """

    /// What pictures of research need.
    private static let research = """
        svg .ht{stroke:var(--n3)}svg text.ce{fill:var(--n7)}
        svg .cs{stroke:var(--n7);stroke-width:3}svg .pl{stroke:var(--n7);stroke-width:2;stroke-dasharray:6 4}
        svg .qu{fill:var(--n2);stroke:var(--n4)}svg .me{stroke:var(--a);stroke-width:3}
        svg .ho{fill:var(--n0);stroke:var(--n5);stroke-width:1.5}svg .co{fill:var(--n4);stroke:none}
        svg .f1{fill:var(--n2);stroke:var(--n4)}svg .f2{fill:var(--n3);stroke:var(--n4)}
        svg .ac{stroke:var(--n7);stroke-width:3;stroke-linejoin:round}
        .map svg{display:block}
        """ + pathTints

    /// A picture on its own.
    static let picture = StyleSheet(flat(pictureColours + "svg{\(fonts)}" + pictures + sessions))

    /// A page of pictures and tables.
    static let page = StyleSheet(flat(colours + pageRules + tableRules + pictures + sessions + research + mediaRules))

    private static func flat(_ text: String) -> String { String(text.filter { !$0.isNewline }) }

    private static let pageRules = """
        *{box-sizing:border-box}
        body{margin:0;background:var(--n0);color:var(--n7);\(fonts);font-size:14px;line-height:20px;
        -webkit-text-size-adjust:100%}
        main,header,footer{max-width:1128px;margin:0 auto;padding:0 24px}
        header{padding-top:24px}footer{padding-top:24px;padding-bottom:48px;color:var(--n5)}
        h1{font-size:28px;line-height:36px;font-weight:600;margin:0}
        h2{font-size:20px;line-height:28px;font-weight:600;margin:48px 0 8px}
        h3{font-size:16px;line-height:24px;font-weight:600;margin:24px 0 4px}
        p{margin:0 0 8px;max-width:75ch}a{color:var(--a)}strong,th,dt{font-weight:600}
        code{font-family:ui-monospace,'DejaVu Sans Mono',monospace;font-size:14px;overflow-wrap:anywhere}
        pre{margin:0 0 8px;white-space:pre-wrap;overflow-wrap:anywhere;max-width:100%}
        .note,figcaption{color:var(--n5)}figcaption{max-width:75ch;margin-bottom:4px}
        .verdict{font-size:16px;line-height:24px;margin:12px 0 0}
        .tag{font-weight:600}.tag svg{width:16px;height:16px;vertical-align:-2px;margin-right:8px}
        .figures{display:grid;grid-template-columns:repeat(6,1fr);gap:16px 24px;margin:20px 0 16px}
        .figures dt{font-size:12px;line-height:16px;font-weight:400;color:var(--n5)}
        .figures dd{margin:0}.value{font-size:20px;line-height:28px;font-weight:600;white-space:nowrap}
        .interval{font-size:12px;line-height:16px;color:var(--n5)}
        figure{margin:0 0 16px;break-inside:avoid}figure>svg{display:block;width:100%;height:auto}
        .narrow{display:none!important}.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 40px}.pair>*{min-width:0}
        .empty{color:var(--n6);margin:8px 0 16px}
        .empty code{display:block;width:max-content;max-width:min(1080px,100vw - 48px);margin-top:4px}
        details{margin:8px 0}summary{cursor:pointer;padding:4px 0;color:var(--a)}
        :focus-visible{outline:2px solid var(--a);outline-offset:2px}
        .facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 24px;margin:8px 0}
        .facts dt{color:var(--n5);font-weight:400}.facts dd{margin:0;overflow-wrap:anywhere;max-width:75ch}
        .dates{color:var(--n6);max-width:none;columns:6 104px;column-gap:24px}
        .skip{position:absolute;left:-9999px}.skip:focus{position:static}
        input[type=text],input[type=password],main button[type=submit]{font:inherit;padding:4px 8px;color:inherit;
        background:var(--n0);border:1px solid var(--n4);border-radius:2px;min-height:32px}
        main button[type=submit]{color:var(--a);cursor:pointer}form{margin:8px 0 16px}form label{display:inline-block}
        ul{margin:8px 0}
        header nav{margin-bottom:12px}
        .contents{display:flex;flex-wrap:wrap;gap:4px 20px;margin:8px 0 0;padding:0;list-style:none}
        """

    private static let tableRules = """
        .scroll{overflow-x:auto;margin:0 0 16px}
        table{border-collapse:collapse;width:100%}caption{text-align:left;color:var(--n5);padding-bottom:4px}
        th,td{padding:4px 8px;text-align:left;vertical-align:top;border-bottom:1px solid var(--n2);white-space:nowrap}
        thead th{color:var(--n5);font-size:12px;line-height:16px;vertical-align:bottom;border-color:var(--n4)}
        th[scope=row]{font-weight:400}
        .n{text-align:right}.n+td:not(.n),.n+th:not(.n){padding-left:20px}td.g{color:var(--g)}td.l{color:var(--l)}td.words{white-space:normal;min-width:24ch}
        tr.few th,tr.few td{color:var(--n5)}tr.few svg{opacity:.55}
        th:first-child,td:first-child{position:sticky;left:0;background:var(--n0);padding-left:0}
        .strip{width:64px}.strip svg{width:64px;height:16px;display:block}
        .t td,.t th{vertical-align:middle}.t tr.m{display:none}.t:has(input:checked) tr.m{display:table-row}
        .t tr.m td{white-space:normal;padding:8px 0 24px;position:static}.t tr.m .facts{margin:0 0 12px}
        .c{width:min(100%,1080px)}.c svg{display:block;width:100%;height:auto}
        th label{display:inline-flex;align-items:center;gap:8px;cursor:pointer}
        th label input{appearance:none;width:16px;height:16px;margin:0;display:grid;place-items:center;color:var(--a)}
        th label input::before{content:"\\25B8"}th label input:checked::before{content:"\\25BE"}
        thead button{all:unset;cursor:pointer;color:inherit;font:inherit}
        thead button:focus-visible{outline:2px solid var(--a)}
        th[aria-sort=ascending] button::after{content:" \\2191"}th[aria-sort=descending] button::after{content:" \\2193"}
        """ + tints

    /// Steps of gain and loss over the page's ground.
    private static let tints = ["g", "l"].map { colour in
        Theme.tints.enumerated().map { step, percent in
            "td.\(colour).t\(step + 1){background:color-mix(in srgb,var(--\(colour)) \(percent)%,var(--n0));color:var(--n7)}"
        }.joined()
    }.joined()

    /// The same for cells of pictures.
    private static let pathTints = ["g", "l"].map { colour in
        Theme.tints.enumerated().map { step, percent in
            "svg path.\(colour).t\(step + 1){fill:color-mix(in srgb,var(--\(colour)) \(percent)%,var(--n0))}"
        }.joined()
    }.joined()

    private static let mediaRules = """
        @media screen and (max-width:1000px){.figures{grid-template-columns:repeat(3,1fr)}
        .pair{grid-template-columns:minmax(0,1fr)}}
        @media screen and (max-width:640px){main,header,footer{padding-left:16px;padding-right:16px}
        h1{font-size:20px;line-height:28px}.figures{grid-template-columns:1fr 1fr}.wide{display:none!important}
        .narrow{display:block!important}summary{min-height:44px;padding:12px 0}
        th label,thead button,td a,th a,li a,nav a,main input[type=text],main input[type=password],main select,main button[type=submit]{min-height:44px;min-width:44px;display:inline-flex;align-items:center}
        .facts{grid-template-columns:minmax(0,1fr);gap:0}.facts dd{margin-bottom:8px}.c svg{width:720px}th[scope=row]{max-width:52vw;min-width:11ch;white-space:normal}
        .t th[scope=row]{white-space:nowrap}td.words{min-width:20ch}}
        @media print{@page{margin:14mm}body{font-size:12px;line-height:16px;
        -webkit-print-color-adjust:exact;print-color-adjust:exact}
        main,header,footer{max-width:none;padding:0}h2{break-after:avoid;margin-top:24px}h3{break-after:avoid}
        tr{break-inside:avoid}thead{display:table-header-group}.scroll{overflow:visible}.contents,.skip{display:none}
        .figures{grid-template-columns:repeat(3,1fr)}.pair{gap:0 20px}
        .map svg{max-width:100%;height:auto}
        th,td{padding:0 4px}.c{break-inside:avoid}th:first-child,td:first-child{position:static}section{break-inside:auto}}
        """
}

/// What a page does beside being read. The program's own, so that nothing else can get into it.
struct PageScript: Sendable {
    /// The script.
    let text: String

    private init(_ text: StaticString) { self.text = "\(text)" }

    /// Loads a page anew when it is as old as it may be.
    static let refreshing = PageScript(
        """
        {const s=+document.body.dataset.refresh;if(s)setTimeout(()=>location.reload(),s*1000)}
        """)

    /// Sorts a table by the column whose title is pressed; without it the table stays in its order.
    static let sorting = PageScript(
        """
        for(const t of document.querySelectorAll("table[data-sort]"))[...t.tHead.rows[0].cells].forEach((h,i)=>{
        const b=document.createElement("button");b.type="button";b.append(...h.childNodes);h.append(b);
        b.onclick=()=>{const d=h.getAttribute("aria-sort")=="ascending"?-1:1;
        for(const o of t.tHead.rows[0].cells)o.removeAttribute("aria-sort");
        h.setAttribute("aria-sort",d>0?"ascending":"descending");
        const k=b=>{const c=b.rows[0].cells[i],s=c.textContent.trim(),n=parseFloat(s.replace(/\\u2212/,"-").replace(/,/g,""));
        return /^[-+\\u2212]?[\\d.,]+$/.test(s)?n:s};
        t.append(...[...t.tBodies].sort((x,y)=>{const p=k(x),q=k(y);
        return d*(typeof p==typeof q?(p<q?-1:p>q?1:0):typeof p=="number"?-1:1)}))}});
        """)
}
