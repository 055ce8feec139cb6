from wagtail import blocks


class FormBlock(blocks.StreamBlock):
    section = blocks.StructBlock([("title", blocks.CharBlock())])
