"""Lo que el formulario de la ficha acepta, el portal lo publica; y lo que no sale, se dice donde se escribe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.dominio.texto_publico import no_se_publica
from funciones.dominio.vitrina import Contenido, Foto, Producto
from funciones.vitrinas import vitrina_escrita
from generador.valores_de_vitrina import LARGOS, contacto, limpio, precio, texto
from tests.funciones.puerta import EVALUADOR, Puerta
from tests.funciones.test_vitrinas import FICHA, PAN, Duena, _lista, _moderar

RUBROS = ("alimentos",)
CON_RARAS = st.text(st.one_of(st.characters(), st.sampled_from("<>{}/=:-.@ \u2011\u200b0123456789bk")), max_size=60)
SITIOS = st.builds("{}{}/{}".format, st.sampled_from(["", "http://", "HTTPS://"]), st.just("panes.cl"), CON_RARAS)


def _escribir(escrito: Mapping[str, str]) -> tuple[Contenido, dict[str, str]]:
    contenido, errores = vitrina_escrita.de_la_ficha(Contenido(), lambda c: escrito.get(c, ""), RUBROS)
    vacio = Producto("p1", "", "", "", foto=Foto("a" * 64, "image/png", 1))
    producto, mas = vitrina_escrita.del_producto(vacio, lambda c: escrito.get(c, ""), RUBROS)
    producto = replace(producto, foto_alt=vitrina_escrita.alt(escrito["foto_alt"])[0])
    return contenido.con(producto), errores | mas | vitrina_escrita.alt(escrito["foto_alt"])[1]


@given(
    st.fixed_dictionaries(dict.fromkeys(("nombre", "descripcion", "unidad", "variantes", "foto_alt"), CON_RARAS)),
    st.one_of(SITIOS, CON_RARAS),
    st.one_of(st.just("4.500"), CON_RARAS),
)
def test_todo_lo_que_acepta_el_formulario_lo_acepta_el_portal(textos: dict[str, str], sitio: str, cuesta: str) -> None:
    contenido, errores = _escribir(textos | {"contacto": sitio, "precio": cuesta, "rubro": "alimentos"})
    fila = {"nombre": contenido.nombre, "descripcion": contenido.descripcion}
    (producto,) = contenido.productos
    if not errores.keys() & {"nombre", "descripcion"}:
        assert texto(fila, "nombre")
        assert texto(fila, "descripcion")
    for campo, valor in (("unidad", producto.unidad), ("foto_alt", producto.foto_alt)):
        if campo not in errores:
            assert limpio(valor, LARGOS[campo]) == valor
    if "variantes" not in errores:
        assert [limpio(v, LARGOS["variantes"]) for v in producto.variantes] == list(producto.variantes)
    if "contacto" not in errores:
        assert (contacto(contenido.contacto) or "") == contenido.contacto
    if "precio" not in errores:
        assert precio(producto.precio_clp) == producto.precio_clp
    if not errores:
        assert no_se_publica(contenido) == ()


@pytest.mark.parametrize("descripcion", ["Pan de <b>masa</b>", "Pan </script>", "Mi rut es 123456785"])
def test_lo_que_no_se_publica_se_dice_en_su_campo(duena_nueva: Duena, descripcion: str) -> None:
    estado, cuerpo = duena_nueva.hacer("guardar_ficha", **FICHA | {"descripcion": descripcion})
    assert (estado, list(cuerpo["campos"])) == (422, ["descripcion"])
    estado, cuerpo = duena_nueva.hacer("guardar_ficha", **FICHA | {"contacto": "instagram.com/12.345.678-5"})
    assert (estado, list(cuerpo["campos"])) == (422, ["contacto"])


@pytest.fixture
def duena_nueva(puerta: Puerta) -> Duena:
    return Duena(puerta)


def _guardar_a_la_fuerza(puerta: Puerta, duena: Duena, descripcion: str) -> None:
    """Como si se hubiera escrito antes de que la regla existiera."""
    antes = puerta.montaje.almacen.vitrina(duena.folio)
    assert antes is not None
    contenido = replace(antes.borrador, descripcion=descripcion)
    puerta.montaje.almacen.guardar_vitrina(replace(antes, version=antes.version + 1, borrador=contenido))


def test_la_mesa_no_publica_lo_que_el_portal_no_muestra(puerta: Puerta, duena_nueva: Duena) -> None:
    duena_nueva.armar()
    duena_nueva.enviar()
    _guardar_a_la_fuerza(puerta, duena_nueva, "Pan de <b>masa</b>")
    estado, cuerpo = _moderar(puerta, duena_nueva.folio, "publicar")
    assert (estado, list(cuerpo["campos"])) == (422, ["decision"])
    assert "en qué hace" in cuerpo["campos"]["decision"]
    assert _moderar(puerta, duena_nueva.folio, "observar", "Quita lo que va entre < y >.")[0] == 200
    estado, cuerpo = duena_nueva.hacer("enviar", permiso="si")
    assert (estado, list(cuerpo["campos"])) == (422, ["productos"])


def test_la_mesa_ve_donde_parece_haber_un_dato_de_contacto(puerta: Puerta, duena_nueva: Duena) -> None:
    duena_nueva.hacer("guardar_ficha", **FICHA | {"descripcion": "Escribe a ana@correo.cl"})
    duena_nueva.hacer("guardar_producto", **PAN | {"descripcion": "Pídelo al 9 8765 4321"})
    duena_nueva.enviar()
    camino, ruta = {"folio": duena_nueva.folio}, "/api/mesa/vitrinas/{folio}"
    _, ficha = puerta.json("moderar", "GET", ruta, funcionario=EVALUADOR, camino=camino)
    assert ficha["avisos"] == [
        "Parece haber un correo en qué hace.",
        "Parece haber un teléfono en la descripción de «Pan de campo, 1 kg».",
    ]
    assert _moderar(puerta, duena_nueva.folio, "publicar")[0] == 200
    assert [v["estado"] for v in _lista(puerta)] == ["publicada"]
