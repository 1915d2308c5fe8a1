"""Las actas públicas llegan al portal byte por byte, y nada más de su carpeta."""

from pathlib import Path

from generador.publicos import copiar_actas


def test_las_actas_se_copian_sin_tocar_un_byte(tmp_path: Path) -> None:
    actas = tmp_path / "datos" / "transparencia" / "actas"
    actas.mkdir(parents=True)
    contenido = '{"acta":"feria-001","año":"2026"}\n'.encode()
    (actas / "feria-001.json").write_bytes(contenido)
    (actas / ".a-medias").write_bytes(b"x")
    copiar_actas(tmp_path / "datos", tmp_path / "portal")
    copiadas = {a.name: a.read_bytes() for a in (tmp_path / "portal" / "datos" / "transparencia" / "actas").iterdir()}
    assert copiadas == {"feria-001.json": contenido}


def test_sin_actas_el_portal_se_construye_igual(tmp_path: Path) -> None:
    copiar_actas(tmp_path / "datos", tmp_path / "portal")
    assert list((tmp_path / "portal" / "datos" / "transparencia" / "actas").iterdir()) == []
