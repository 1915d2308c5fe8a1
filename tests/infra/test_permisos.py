"""Cada rol permite exactamente lo que su verbo puede llegar a pedir: ni menos ni más."""

import ast
import re
from functools import cache
from typing import Any

import pytest

from servidor import plantilla as lectura
from tests.infra import llamadas
from tests.infra.traduccion import RAIZ, original

# El almacén y las clases de las que hereda.
ALMACEN = [
    RAIZ / "funciones" / "adaptadores" / f"{n}.py"
    for n in (
        "almacen_dynamodb",
        "dynamodb_cuaderno",
        "dynamodb_libro",
        "dynamodb_registros",
        "dynamodb_salas",
        "dynamodb_suscripciones",
        "dynamodb_tabla",
        "dynamodb_vitrinas",
    )
]
VERBOS = sorted(m.split(".")[1] for m in lectura.manejadores(original()).values())
OPERACIONES = {
    "get_item": {"GetItem"},
    "put_item": {"PutItem"},
    "update_item": {"UpdateItem"},
    "delete_item": {"DeleteItem"},
    "batch_get_item": {"BatchGetItem"},
    "batch_write_item": {"BatchWriteItem"},
    # Una transacción pide los permisos de lo que lleva dentro.
    "transact_write_items": {"PutItem", "UpdateItem", "DeleteItem"},
}
DEPOSITO = {
    "permiso": {"s3:PutObject cuarentena"},
    # Sin permiso de listar, S3 responde 403 por un archivo que no está y no se distingue de una falla.
    "examinar": {"s3:GetObject cuarentena", "s3:ListBucket"},
    "antivirus": {"s3:GetObjectTagging cuarentena"},
    # Quien copia al expediente vuelve a mirar lo que quedó allá.
    "copiar": {"s3:PutObject expedientes", "s3:GetObject cuarentena", "s3:GetObject expedientes", "s3:ListBucket"},
    "borrar": {"s3:ListBucketVersions", "s3:DeleteObjectVersion cuarentena"},
    "enlace": {"s3:GetObject expedientes"},
    "escribir": {"s3:PutObject actas"},
    "leer": {"s3:GetObject cuarentena", "s3:ListBucket"},
    "caducar": set(),
    "reemplazar": {"s3:PutObject exposicion"},
    "listar": {"s3:ListBucket"},
}
# Quien selecciona entrega actas, no documentos de una persona.
# Quien exhibe guarda fotos; quien expone las copia a donde se publican.
_BORRA = {"s3:ListBucketVersions", "s3:DeleteObjectVersion vitrinas"}
_COPIA = {"s3:ListBucket"}
_MIRA = {"s3:GetObjectTagging cuarentena", "s3:GetObjectTagging expedientes"}
DEL_VERBO = {
    ("postular", "copiar"): _COPIA
    | {"s3:GetObject cuarentena", "s3:PutObject por-confirmar", "s3:GetObject por-confirmar"},
    ("confirmar", "copiar"): _COPIA | {"s3:GetObject por-confirmar", "s3:PutObject expedientes"},
    # Trae un documento de otra postulación del mismo RUT, ya archivado y limpio: la versión que revisó.
    ("adjuntar", "copiar"): _COPIA
    | {"s3:GetObject expedientes", "s3:GetObjectVersion expedientes", "s3:PutObject cuarentena"},
    ("adjuntar", "antivirus"): _MIRA,
    # La página de estado dice qué encontró el antivirus en lo ya enviado.
    ("consultar", "antivirus"): _MIRA,
    ("confirmar", "antivirus"): _MIRA,
    ("responder", "antivirus"): _MIRA,
    ("recurrir", "antivirus"): _MIRA,
    ("barrer", "antivirus"): {"s3:GetObjectTagging expedientes"},
    ("barrer", "borrar"): _BORRA | {"s3:DeleteObjectVersion expedientes"},
    ("seleccionar", "leer"): {"s3:GetObject actas"},
    ("barrer", "leer"): {"s3:GetObject actas"},
    ("evaluar", "antivirus"): {"s3:GetObjectTagging expedientes"},
    ("seleccionar", "enlace"): {"s3:GetObject actas"},
    ("exhibir", "leer"): {"s3:GetObject cuarentena", "s3:ListBucket"},
    ("exhibir", "escribir"): {"s3:PutObject vitrinas"},
    ("exhibir", "borrar"): _BORRA | {"s3:DeleteObjectVersion cuarentena"},
    ("moderar", "borrar"): _BORRA,
    ("moderar", "enlace"): {"s3:GetObject vitrinas"},
    ("exponer", "copiar"): {"s3:GetObject vitrinas", "s3:PutObject exposicion"},
    ("exponer", "leer"): {"s3:GetObject exposicion", "s3:ListBucket"},
    ("exponer", "borrar"): {"s3:ListBucketVersions", "s3:DeleteObjectVersion exposicion"},
}
OTROS = {
    "correo.enviar": {"ses:SendEmail", "ses:SendRawEmail"},
    "cola.pedir_envio": {"sqs:SendMessage ColaAvisos"},
    "publicacion.publicar": {"s3:GetObject indicadores", "s3:PutObject indicadores", "s3:ListBucket"},
    "publicacion.leer": {"s3:GetObject transparencia", "s3:ListBucket"},
    "publicacion.anexar": {"s3:GetObject transparencia", "s3:PutObject transparencia", "s3:ListBucket"},
    "publicacion.guardar": {"s3:GetObject transparencia", "s3:PutObject transparencia", "s3:ListBucket"},
}
# Lo que pide el servicio que llama a la función, no su código.
POR_QUIEN_LLAMA = {
    "notificar": {
        "sqs:ReceiveMessage ColaAvisos",
        "sqs:DeleteMessage ColaAvisos",
        "sqs:GetQueueAttributes ColaAvisos",
    },
    "relevar": {
        "dynamodb:DescribeStream StreamArn",
        "dynamodb:GetRecords StreamArn",
        "dynamodb:GetShardIterator StreamArn",
        "dynamodb:ListStreams stream",
        "sqs:SendMessage AvisosSinRelevar",
    },
}


def necesarios(verbo: str) -> set[str]:
    """Los permisos que el código de ese verbo necesita, en la forma «acción lugar»."""
    hallados = set(POR_QUIEN_LLAMA.get(verbo, set()))
    for pedido in llamadas.pedidos(verbo):
        adaptador, _, operacion = pedido.partition(".")
        match adaptador:
            case "llavero":
                hallados.add("clave")
            case "almacen":
                # Abrir el almacén ya pide la clave: lo personal se guarda cifrado.
                hallados |= {"clave"} | _del_almacen(operacion)
            case "deposito":
                hallados |= DEL_VERBO.get((verbo, operacion), DEPOSITO[operacion])
            case _:
                hallados |= OTROS[pedido]
    return hallados


@cache
def _metodos() -> dict[str, ast.FunctionDef]:
    cuerpos = (ast.parse(archivo.read_text("utf-8")).body for archivo in ALMACEN)
    clases = [nodo for cuerpo in cuerpos for nodo in cuerpo if isinstance(nodo, ast.ClassDef)]
    return {nodo.name: nodo for clase in clases for nodo in clase.body if isinstance(nodo, ast.FunctionDef)}


def _del_almacen(operacion: str) -> set[str]:
    """Lo que pide a DynamoDB un método del almacén, siguiendo los métodos suyos que llama."""
    vistos, pendientes, hallados = set(), [operacion], set()
    while pendientes:
        metodo = pendientes.pop()
        if metodo in vistos or metodo not in _metodos():
            continue
        vistos.add(metodo)
        for nodo in ast.walk(_metodos()[metodo]):
            if isinstance(nodo, ast.Constant) and nodo.value in OPERACIONES:
                hallados |= {f"dynamodb:{accion} tabla" for accion in OPERACIONES[nodo.value]}
            elif (
                isinstance(nodo, ast.keyword) and nodo.arg == "ConsistentRead" and metodo not in {"_leer", "_leer_lote"}
            ):
                # Un índice no se lee así: es una consulta a la tabla.
                hallados.add("dynamodb:Query tabla")
            elif isinstance(nodo, ast.Attribute):
                hallados |= {f"dynamodb:Query {nodo.attr.lower()}"} if nodo.attr in {"COLA", "PENDIENTES"} else set()
                if isinstance(nodo.value, ast.Name) and nodo.value.id == "self":
                    pendientes.append(nodo.attr)
    return hallados


def permitidos(verbo: str) -> set[str]:
    """Los permisos del rol de ese verbo, en la misma forma."""
    rol = original()["Resources"][f"Rol{verbo.capitalize()}"]["Properties"]
    hallados = {"clave"} if {"Ref": "LeerClaveMaestra"} in rol["ManagedPolicyArns"] else set()
    for politica in rol.get("Policies", []):
        for sentencia in politica["PolicyDocument"]["Statement"]:
            for accion in sentencia["Action"]:
                hallados |= {_juntos(accion, recurso) for recurso in sentencia["Resource"]}
    return hallados


def _juntos(accion: str, recurso: dict[str, Any]) -> str:
    if accion in {"s3:ListBucket", "s3:ListBucketVersions"} or accion.startswith("ses:"):
        return accion
    if "Fn::Sub" in recurso:
        return f"{accion} {recurso['Fn::Sub'].removesuffix('/*').rpartition('/')[2]}"
    logico, atributo = recurso["Fn::GetAtt"]
    if logico == "Tabla":
        return f"{accion} {'tabla' if atributo == 'Arn' else atributo}"
    return f"{accion} {logico}"


@pytest.mark.parametrize("verbo", VERBOS)
def test_el_rol_permite_justo_lo_que_el_verbo_pide(verbo: str) -> None:
    falta, sobra = necesarios(verbo) - permitidos(verbo), permitidos(verbo) - necesarios(verbo)
    assert not falta, f"a Rol{verbo.capitalize()} le falta: {sorted(falta)}"
    assert not sobra, f"a Rol{verbo.capitalize()} le sobra: {sorted(sobra)}"


def test_la_lectura_del_codigo_ve_lo_que_pide_cada_verbo() -> None:
    assert llamadas.pedidos("verificar") == set()
    assert {"almacen.recibir", "deposito.copiar"} <= llamadas.pedidos("postular")
    assert {"correo.enviar", "almacen.tomar_aviso"} <= llamadas.pedidos("notificar")
    assert _del_almacen("cola") == {"dynamodb:Query cola", "dynamodb:BatchGetItem tabla"}
    assert _del_almacen("avisos_pendientes") == {"dynamodb:Query pendientes"}


def test_lo_que_se_sabe_de_s3_sigue_siendo_cierto() -> None:
    """La tabla de permisos de S3 está escrita a mano: esto avisa si el adaptador o quien lo usa cambian."""
    adaptador = (RAIZ / "funciones" / "adaptadores" / "deposito_s3.py").read_text("utf-8")
    assert set(re.findall(r"self\._s3\.(\w+)\(", adaptador)) == {
        "generate_presigned_post",
        "generate_presigned_url",
        "get_object",
        "get_object_tagging",
        "put_object",
        "copy_object",
        "get_paginator",
        "delete_objects",
    }
    # Fijar la versión de origen pide además s3:GetObjectVersion: solo quien trae un documento de otra postulación.
    con_version = {
        archivo.stem
        for archivo in (RAIZ / "funciones").rglob("*.py")
        if re.search(r"deposito\.copiar\([^)]*version", archivo.read_text("utf-8"))
    }
    assert con_version == {"reutilizar"}
