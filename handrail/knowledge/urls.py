"""The addresses of articles at the desk."""

from django.urls import path

from handrail.knowledge.views.articles import ArticlesView, NewArticleView, ReadView, WriteView
from handrail.knowledge.views.publication import ArchiveView, PublicationView, VerificationView
from handrail.knowledge.views.revisions import RestorationView, RevisionsView

app_name = "knowledge"
_ARTICLE = "articles/<int:number>"
urlpatterns = [
    path("articles", ArticlesView.as_view(), name="articles"),
    path("articles/new", NewArticleView.as_view(), name="new"),
    path(_ARTICLE, ReadView.as_view(), name="article"),
    path(f"{_ARTICLE}/words", WriteView.as_view(), name="words"),
    path(f"{_ARTICLE}/publication", PublicationView.as_view(), name="publication"),
    path(f"{_ARTICLE}/archive", ArchiveView.as_view(), name="archive"),
    path(f"{_ARTICLE}/verification", VerificationView.as_view(), name="verification"),
    path(f"{_ARTICLE}/revisions", RevisionsView.as_view(), name="revisions"),
    path(f"{_ARTICLE}/revisions/<int:version>/restoration", RestorationView.as_view(), name="restoration"),
]
