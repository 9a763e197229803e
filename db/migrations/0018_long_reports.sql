ALTER TABLE "brief_documents" ADD COLUMN "owner_id" uuid;--> statement-breakpoint
ALTER TABLE "brief_documents" ADD COLUMN "same_key" text;--> statement-breakpoint
ALTER TABLE "brief_documents" ADD CONSTRAINT "brief_documents_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "brief_documents_owner" ON "brief_documents" USING btree ("owner_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "brief_documents_same" ON "brief_documents" USING btree ("same_key") WHERE state in ('waiting', 'making');--> statement-breakpoint
ALTER TABLE "brief_documents" ADD CONSTRAINT "brief_documents_audience" CHECK ("brief_documents"."visit_id" is null or "brief_documents"."owner_id" is null);--> statement-breakpoint
UPDATE "brief_documents" SET "document_order" = "document_order" || '{"kind": "delegation"}' WHERE NOT "document_order" ? 'kind';
