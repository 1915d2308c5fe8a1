"""Las vitrinas entran al catálogo desde una carpeta que no está en git, y quien retira su permiso sale de todo."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from generador.entradas import Entradas
from generador.fichas import Fichas
from generador.paquetes import Paquetes, leer
from generador.permisos import con_permiso
from generador.problemas import DatosConProblemas
from generador.vitrinas import Vitrinas
from generador.vitrinas import leer as leer_vitrinas
from tests.sitio.conftest import DATOS

HOY = date(2026, 11, 23)
FOTO = f"fotos/{'a' * 64}.jpg"
FERIA = "feria-sabores-y-oficios-2027"


@pytest.fixture(scope="module")
def datos() -> Paquetes:
    return leer(DATOS)


def ficha(**otros: Any) -> dict[str, Any]:
    return {
        "id": "tejidos-del-patio",
        "nombre": "Tejidos del Patio",
        "tipo_persona": "natural",
        "region": "07",
        "comuna": "07101",
        "rubro": "textil",
        "descripcion": "Teje a palillo por encargo.",
        "contacto": "https://wa.me/56900000000",
        "consentimiento": "2026-11-01",
        "eventos": [FERIA, "no-existe"],
        "demostracion": True,
        "productos": [producto()],
    } | otros


def producto(**otros: Any) -> dict[str, Any]:
    return {
        "id": "1",
        "nombre": "Gorro",
        "descripcion": "De lana de oveja.",
        "rubro": "textil",
        "precio_clp": 12000,
        "unidad": "cada uno",
        "variantes": ["Gris", "Café"],
        "foto": None,
        "foto_alt": "",
    } | otros


def escribir(carpeta: Path, *fichas: Any) -> Path:
    carpeta.mkdir(exist_ok=True)
    texto = json.dumps({"generado_el": "2026-11-23T12:00:00Z", "vitrinas": fichas})
    (carpeta / "vitrinas.json").write_text(texto, encoding="utf-8")
    return carpeta


def leidas(tmp_path: Path, datos: Paquetes, *fichas: Any) -> Vitrinas:
    return leer_vitrinas(escribir(tmp_path / "vitrinas", *fichas), datos, HOY)


def fichas_con(tmp_path: Path, datos: Paquetes, *vitrinas: Any) -> Fichas:
    from generador.hornear import hornear

    ahora = datetime(2026, 11, 23, 12, tzinfo=UTC)
    from funciones.adaptadores.horneado import Horneado

    entradas = Entradas(vitrinas=escribir(tmp_path / "vitrinas", *vitrinas))
    return Fichas(datos, Horneado(hornear(datos, ahora)), ahora, entradas)


def test_una_vitrina_entra_al_catalogo_con_sus_productos_y_su_evento(tmp_path: Path, datos: Paquetes) -> None:
    fichas = fichas_con(tmp_path, datos, ficha())
    empresa = fichas.empresa["tejidos-del-patio"]
    assert empresa.vitrina
    assert empresa.persona_palabra == "Persona natural"
    assert empresa.contacto_ficha is not None
    assert empresa.contacto_ficha.texto == "Escribir por WhatsApp"
    assert [p.ruta for p in empresa.productos] == ["/catalogo/productos/tejidos-del-patio-1/"]
    assert [e.id for e in empresa.eventos] == [FERIA]
    assert empresa in fichas.participantes[FERIA]
    assert "tejidos-del-patio" not in fichas.datos.csv("catalogos", "empresas")


def test_lo_inocente_se_publica_tal_cual(tmp_path: Path, datos: Paquetes) -> None:
    raro = "Oferta {{ 2x1 }}, data: 3, (onion=2), a<b"
    assert leidas(tmp_path, datos, ficha(descripcion=raro)).empresas[0]["descripcion"] == raro


def test_el_id_de_un_producto_no_repite_el_de_su_vitrina(tmp_path: Path, datos: Paquetes) -> None:
    juntas = leidas(tmp_path, datos, ficha(productos=[producto(id="tejidos-del-patio-1")]))
    assert [p["id"] for p in juntas.productos] == ["tejidos-del-patio-1"]


def test_sin_carpeta_o_sin_archivo_no_hay_vitrinas(tmp_path: Path, datos: Paquetes) -> None:
    assert leer_vitrinas(None, datos, HOY) == Vitrinas()
    assert leer_vitrinas(tmp_path, datos, HOY) == Vitrinas()


@pytest.mark.parametrize("texto", ["", "{", "[]", '{"vitrinas": 3}'])
def test_un_archivo_a_medias_detiene_la_publicacion(tmp_path: Path, datos: Paquetes, texto: str) -> None:
    (tmp_path / "vitrinas.json").write_text(texto, encoding="utf-8")
    with pytest.raises(DatosConProblemas, match="no se puede leer la lista de vitrinas"):
        leer_vitrinas(tmp_path, datos, HOY)


@pytest.mark.parametrize(
    ("cambio", "razon"),
    [
        ({"id": "../../etc"}, "su identificador no sirve"),
        ({"id": "taller-el-horno"}, "su identificador ya existe"),
        ({"nombre": ""}, "le falta nombre"),
        ({"nombre": "<script>x</script>"}, "un texto lleva código"),
        ({"descripcion": "Mi RUT es 12.345.678-5"}, "un texto lleva un RUT"),
        ({"descripcion": "x" * 601}, "un texto es demasiado largo"),
        ({"tipo_persona": "otra"}, "no se conoce ese tipo de persona"),
        ({"region": "99"}, "no existe su region o rubro"),
        ({"comuna": "13101"}, "su comuna no es de su región"),
        ({"contacto": "javascript:alert(1)"}, "su contacto no sirve"),
        ({"consentimiento": "2026-11-24"}, "su permiso aún no empieza"),
        ({"consentimiento": "ayer"}, "no tiene la forma esperada"),
        ({"demostracion": "si"}, "no dice si es demostración"),
        ({"productos": [producto(precio_clp=-1)]}, "un precio no es un número entero"),
        ({"productos": [producto(precio_clp=True)]}, "un precio no es un número entero"),
        ({"productos": [producto(foto="../secreto.jpg")]}, "la dirección de su foto no sirve"),
        ({"productos": [producto(), producto()]}, "su identificador ya existe"),
        ({"productos": None}, "no tiene la forma esperada"),
    ],
)
def test_una_ficha_que_no_calza_queda_fuera_y_no_detiene_a_las_demas(
    tmp_path: Path, datos: Paquetes, capsys: pytest.CaptureFixture[str], cambio: dict[str, Any], razon: str
) -> None:
    juntas = leidas(tmp_path, datos, ficha(**cambio), ficha(id="otra"))
    assert [e["id"] for e in juntas.empresas] == ["otra"]
    assert [p["empresa"] for p in juntas.productos] == ["otra"]
    dicho = capsys.readouterr().err
    assert f"la ficha 1 no se publica: {razon}." in dicho
    assert juntas.fuera == 1
    assert "OJO: fichas aprobadas que quedaron fuera del catálogo: 1." in dicho
    assert "Tejidos" not in dicho


def test_una_foto_danada_deja_el_dibujo_y_una_sana_se_muestra(
    tmp_path: Path, datos: Paquetes, capsys: pytest.CaptureFixture[str]
) -> None:
    carpeta = tmp_path / "vitrinas" / "fotos"
    carpeta.mkdir(parents=True)
    (tmp_path / "vitrinas" / FOTO).write_bytes(b"nada")
    con_foto = ficha(productos=[producto(foto=FOTO, foto_alt="Gorro gris sobre una mesa.")])
    assert leidas(tmp_path, datos, con_foto).fotos == {}
    assert "una foto no se puede leer" in capsys.readouterr().err
    Image.new("RGB", (400, 400), "gray").save(tmp_path / "vitrinas" / FOTO)
    p = fichas_con(tmp_path, datos, con_foto).empresa["tejidos-del-patio"].productos[0]
    assert p.imagen is not None
    assert p.imagen.ancho == 400


@pytest.mark.parametrize(
    ("contacto", "boton"),
    [
        ("https://mi-taller.example", "Ir a su sitio"),
        ("https://wa.me/56900000000", "Escribir por WhatsApp"),
        ("mailto:taller@example.cl", "Enviar un correo"),
        ("tel:+56200000000", "Llamar por teléfono"),
        ("", None),
    ],
)
def test_el_boton_dice_a_donde_lleva(tmp_path: Path, datos: Paquetes, contacto: str, boton: str | None) -> None:
    suyo = fichas_con(tmp_path, datos, ficha(contacto=contacto)).empresa["tejidos-del-patio"].contacto_ficha
    assert (suyo and suyo.texto) == boton


@pytest.mark.parametrize(
    ("retiro", "sigue"), [(date(2026, 11, 24), True), (date(2026, 11, 23), False), (date(2026, 11, 1), False)]
)
def test_desde_el_dia_del_retiro_no_queda_en_ninguna_copia(datos: Paquetes, retiro: date, sigue: bool) -> None:
    fila = next(e for e in datos["catalogos"]["empresas"] if e["id"] == "taller-el-horno")
    antes, fila["retiro"] = fila["retiro"], retiro
    try:
        quedan = con_permiso(datos, HOY)
    finally:
        fila["retiro"] = antes
    for paquete, tabla in (("catalogos", "empresas"), ("catalogos", "productos"), ("eventos", "participantes")):
        assert ("taller-el-horno" in quedan.csv(paquete, tabla)) is sigue
        assert any("taller-el-horno" in f.values() for f in quedan[paquete][tabla]) is sigue
        assert quedan.csv(paquete, tabla).startswith(datos.csv(paquete, tabla).splitlines()[0])


def test_un_permiso_que_aun_no_empieza_no_publica(datos: Paquetes) -> None:
    quedan = con_permiso(datos, date(2026, 9, 1))
    assert {e["id"] for e in quedan["catalogos"]["empresas"]} == {
        "tejidos-viento-austral", "maderas-de-lenga", "conservas-calafate", "panaderia-faro-sur",
    }  # fmt: skip
