"""Con resultados publicados, los cupos se muestran como los dejó el acta."""

import re

from tests.sitio.lector import leer

MAULE = "2027-feria-maule-sabores-y-oficios"
COQUIMBO = "2026-rueda-coquimbo-valles-y-costa"


def test_con_resultados_los_cupos_son_los_del_acta_y_se_dibujan_llenos(paginas: dict[str, str]) -> None:
    pagina = paginas[f"/convocatorias/{COQUIMBO}/"]
    dibujo = pagina[pagina.index("data-cupos-dibujo") :].partition("</svg>")[0]
    assert (dibujo.count('class="si"'), dibujo.count('class="no"')) == (20, 0)
    for ruta in (f"/convocatorias/{COQUIMBO}/", "/convocatorias/estados/resultados/"):
        texto = paginas[ruta].partition(f'data-convocatoria="{COQUIMBO}"')[2]
        assert " data-con-acta" in texto.partition(">")[0]
        dicho = leer(f"<main><div {texto.partition('<div data-cupos')[2].partition('</p>')[0]}</p></main>").uno("main")
        junto = re.sub(r"\s+", "", dicho.texto)
        assert junto == "cuposentotal20concupo20enespera10Segúnelactadel13denoviembrede2026.", (ruta, junto)
    assert 'class="si"' not in paginas[f"/convocatorias/{MAULE}/"]
    assert "data-con-acta" not in paginas[f"/convocatorias/{MAULE}/"]
